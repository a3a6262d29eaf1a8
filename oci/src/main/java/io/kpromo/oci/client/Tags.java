// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Host;
import io.kpromo.oci.Repository;
import io.kpromo.oci.http.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lists of names: tags of a repository, repositories of a registry. Distribution-spec 1.1, "Listing tags".
public final class Tags {
    private static final int PAGE = 1000;

    private final Transport transport;

    Tags(Transport transport) {
        this.transport = transport;
    }

    /// The tags of a repository, with all manifests where the host has Google's form. One request a page.
    public TagListing list(Repository repository) throws InterruptedException {
        return list(repository.host(), repository.path());
    }

    /// The same for a path that may be no repository: on Google's hosts a folder of them, empty for the root.
    public TagListing list(Host host, String path) throws InterruptedException {
        TagListing.Builder all = new TagListing.Builder();
        Pages.Trail trail = new Pages.Trail("list tags of " + host + "/" + path);
        Optional<String> next = Optional.of(path.isEmpty() ? "/v2/tags/list" : "/v2/" + path + "/tags/list?n=" + PAGE);
        while (next.isPresent()) {
            trail.step(next.get());
            next = transport.send(new ListTags(host, path, next.get(), all));
        }
        return all.build();
    }

    /// All repositories that the registry shows. One request a page; many registries refuse.
    public List<String> catalogue(Host host) throws InterruptedException {
        List<String> all = new ArrayList<>();
        Pages.Trail trail = new Pages.Trail("list the repositories of " + host);
        Optional<String> next = Optional.of("/v2/_catalog?n=" + PAGE);
        while (next.isPresent()) {
            trail.step(next.get());
            next = transport.send(new ListRepositories(host, next.get(), all));
        }
        return all;
    }
}
