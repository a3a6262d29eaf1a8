// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.HostFacts.Ability;
import io.kpromo.oci.client.HostFacts.Fact;
import io.kpromo.oci.http.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Manifests that refer to another as their subject. Distribution-spec 1.1, "Listing referrers", "Referrers tag
/// schema".
public final class Referrers {
    private final Transport transport;
    private final HostFacts facts;
    private final Manifests manifests;

    Referrers(Transport transport, HostFacts facts, Manifests manifests) {
        this.transport = transport;
        this.facts = facts;
        this.manifests = manifests;
    }

    /// What refers to this digest. One request a page where the host has the referrers API; else the referrers
    /// tag is read, which costs one more until the host is known.
    ///
    /// @param artifactType only of this type; empty for all
    public List<Descriptor> list(Repository repository, Digest subject, Optional<String> artifactType)
            throws InterruptedException {
        if (facts.about(repository.host(), Ability.REFERRERS) != Fact.NO) {
            List<Descriptor> all = new ArrayList<>();
            Optional<String> next = Optional.of(ListReferrers.first(repository, subject, artifactType));
            int page = 0;
            while (next.isPresent()) {
                ListReferrers.Answer answer = transport.send(new ListReferrers(repository, subject, next.get()));
                if (!answer.supported() && page == 0) {
                    facts.learned(repository.host(), Ability.REFERRERS, false);
                    return byTag(repository, subject, artifactType);
                }
                all.addAll(answer.referrers());
                next = page++ < ListReferrers.MOST_PAGES ? answer.next() : Optional.empty();
            }
            facts.learned(repository.host(), Ability.REFERRERS, true);
            return only(artifactType, all);
        }
        return byTag(repository, subject, artifactType);
    }

    /// The tag that stands in for the API: `sha256-<hex>`.
    public static Tag tag(Digest subject) {
        return new Tag(subject.toString().replace(':', '-'));
    }

    private List<Descriptor> byTag(Repository repository, Digest subject, Optional<String> artifactType)
            throws InterruptedException {
        Optional<RawManifest> index = manifests.get(new ImageReference(repository, tag(subject)));
        return index.map(Manifest::parse)
                .map(parsed -> only(artifactType, parsed.manifests()))
                .orElse(List.of());
    }

    private static List<Descriptor> only(Optional<String> artifactType, List<Descriptor> all) {
        return artifactType.isEmpty()
                ? List.copyOf(all)
                : all.stream()
                        .filter(d -> d.artifactType().equals(artifactType))
                        .toList();
    }
}
