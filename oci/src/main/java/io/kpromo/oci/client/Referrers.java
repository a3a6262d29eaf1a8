// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.OciException;
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
/// schema", "Pushing Manifests with Subject".
public final class Referrers {
    /// A subject that more manifests refer to is an attack or a mistake.
    private static final int MOST = 10_000;

    private static final long MOST_BYTES = 8L * Manifest.LARGEST;

    private final Transport transport;
    private final HostFacts facts;
    private final Manifests manifests;
    private final SharedTags sharedTags;

    Referrers(Transport transport, HostFacts facts, Manifests manifests, SharedTags sharedTags) {
        this.transport = transport;
        this.facts = facts;
        this.manifests = manifests;
        this.sharedTags = sharedTags;
    }

    /// What refers to this digest, each with the annotations of its manifest where the list has them. One request
    /// a page where the host has the referrers API; else the referrers tag is read, which costs one more until
    /// the host is known.
    ///
    /// @param artifactType only of this type; empty for all
    /// @throws OciException where the list can't be had, is none, or has no end: never taken for an empty one
    public List<Descriptor> list(Repository repository, Digest subject, Optional<String> artifactType)
            throws InterruptedException {
        if (facts.about(repository.host(), Ability.REFERRERS) == Fact.NO) {
            return byTag(repository, subject, artifactType);
        }
        List<Descriptor> all = new ArrayList<>();
        Pages.Trail trail = new Pages.Trail("list referrers of " + repository.at(subject));
        long size = 0;
        Optional<String> next = Optional.of(ListReferrers.first(repository, subject, artifactType));
        while (next.isPresent()) {
            trail.step(next.get());
            ListReferrers.Answer answer = transport.send(new ListReferrers(repository, subject, next.get()));
            boolean first = all.isEmpty() && size == 0;
            if (!answer.supported().equals(Optional.of(true))) {
                if (!first) {
                    throw new OciException(
                            "list referrers of " + repository.at(subject) + ": the list breaks off at " + next.get());
                }
                answer.supported().ifPresent(yes -> facts.learned(repository.host(), Ability.REFERRERS, yes));
                return byTag(repository, subject, artifactType);
            }
            all.addAll(answer.referrers());
            size += answer.size();
            next = answer.next();
            if (all.size() > MOST || (size > MOST_BYTES && next.isPresent())) {
                throw new OciException("list referrers of " + repository.at(subject) + ": after " + all.size()
                        + " entries in " + size + " bytes there are still more; that is too many to be looked at");
            }
        }
        facts.learned(repository.host(), Ability.REFERRERS, true);
        return only(artifactType, all);
    }

    /// Writes a manifest that has a subject and sees to it that it is listed: by the registry where it says so,
    /// else under the referrers tag, from which nothing of others gets lost. One request; four where the tag is
    /// needed.
    ///
    /// @param artifact whose blobs the repository holds; [RawManifest#descriptor] with its type and annotations is
    ///     what the tag lists
    /// @throws OciException when the registry refuses, the artifact has no subject, or the tag holds something else
    public void attach(Repository repository, RawManifest artifact) throws InterruptedException {
        Manifest parsed = Manifest.parse(artifact);
        Descriptor subject = subject(parsed)
                .orElseThrow(() -> new OciException(
                        "attach " + repository.at(artifact.digest()) + ": this manifest refers to no subject"));
        if (manifests.putReferrer(repository, artifact)) {
            facts.learned(repository.host(), Ability.REFERRERS, true);
            return;
        }
        ImageReference tag = repository.at(tag(subject.digest()));
        sharedTags.add(tag, new ReferrersIndex(manifests, tag, List.of(listed(artifact, parsed))));
    }

    /// The tag that stands in for the API: `sha256-<hex>`.
    public static Tag tag(Digest subject) {
        return new Tag(subject.toString().replace(':', '-'));
    }

    private static Optional<Descriptor> subject(Manifest manifest) {
        return switch (manifest) {
            case Manifest.Image image -> image.subject();
            case Manifest.Index index -> index.subject();
            case Manifest.Schema1 _ -> Optional.empty();
        };
    }

    /// What a list says of a manifest; an image without an artifact type has that of its configuration.
    private static Descriptor listed(RawManifest raw, Manifest manifest) {
        return switch (manifest) {
            case Manifest.Image image ->
                raw.descriptor()
                        .with(
                                image.artifactType().or(() -> image.config().map(Descriptor::mediaType)),
                                image.annotations());
            case Manifest.Index index -> raw.descriptor().with(index.artifactType(), index.annotations());
            case Manifest.Schema1 _ -> raw.descriptor();
        };
    }

    private List<Descriptor> byTag(Repository repository, Digest subject, Optional<String> artifactType)
            throws InterruptedException {
        ImageReference tag = repository.at(tag(subject));
        Optional<RawManifest> found = manifests.get(tag);
        if (found.isEmpty()) {
            return List.of();
        }
        if (!(Manifest.parse(found.get()) instanceof Manifest.Index index)) {
            throw ReferrersIndex.notAnIndex(tag, found.get());
        }
        return only(artifactType, index.manifests());
    }

    private static List<Descriptor> only(Optional<String> artifactType, List<Descriptor> all) {
        return artifactType.isEmpty()
                ? List.copyOf(all)
                : all.stream()
                        .filter(d -> d.artifactType().equals(artifactType))
                        .toList();
    }
}
