// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Scope;
import io.kpromo.oci.http.Transport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lists of names: tags of a repository, repositories of a registry. Distribution-spec 1.1, "Listing tags".
public final class Tags {
    private static final int PAGE = 1000;

    private final Transport transport;

    Tags(Transport transport) {
        this.transport = transport;
    }

    /// All tags, in the registry's order; empty where the repository isn't there. One request a page.
    public List<String> list(Repository repository) throws InterruptedException {
        return pages(
                repository.host(),
                "/v2/" + repository.path() + "/tags/list?n=" + PAGE,
                "tags",
                Kind.LIST_TAGS,
                Scope.pull(repository),
                "list tags of " + repository);
    }

    /// All repositories that the registry shows. One request a page; many registries refuse.
    public List<String> catalogue(Host host) throws InterruptedException {
        return pages(
                host,
                "/v2/_catalog?n=" + PAGE,
                "repositories",
                Kind.CATALOGUE,
                Scope.CATALOGUE,
                "list the repositories of " + host);
    }

    /// The listing of Google's registries: every manifest with its tags, and the repositories below. One request
    /// a page, usually one. Empty where the host's answer has no such form; its plain tags are then lost on the
    /// caller.
    ///
    /// @param path of a repository or of a folder of repositories; empty for the registry's root
    public Optional<GoogleListing> google(Host host, String path) throws InterruptedException {
        GoogleListing.Builder all = new GoogleListing.Builder();
        Set<String> seen = new HashSet<>();
        Optional<String> next = Optional.of(path.isEmpty() ? "/v2/tags/list" : "/v2/" + path + "/tags/list");
        while (next.isPresent() && seen.add(next.get())) {
            next = transport.send(new ListGoogle(host, path, next.get(), all));
        }
        return all.build();
    }

    private List<String> pages(Host host, String first, String field, Kind kind, Scope scope, String why)
            throws InterruptedException {
        List<String> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<String> next = Optional.of(first);
        while (next.isPresent()) {
            if (!seen.add(next.get())) {
                throw new OciException(why + ": the registry's pages go round in a circle at " + next.get());
            }
            next = transport.send(new ListNames(host, next.get(), field, kind, scope, why, all));
        }
        return all;
    }
}
