// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.audit;

import io.kpromo.images.run.Inventory.Held;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidManifestException;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Untagged manifests that belong to others: platforms of an index, signatures and attestations of a subject.
/// Each manifest is fetched once, whatever the number of mirrors that hold it.
final class Attachments {
    /// Manifests of one repository that belong to something.
    record Belongings(Set<Digest> digests) {
        boolean contains(Digest digest) {
            return digests.contains(digest);
        }
    }

    private final Registries registries;
    private final Map<Digest, Manifest> read = new HashMap<>();

    Attachments(Registries registries) {
        this.registries = registries;
    }

    /// Asks for nothing where every untagged manifest is named.
    Belongings of(Repository repository, Map<Digest, Held> held, Set<Digest> named) throws InterruptedException {
        Set<Digest> strangers = new HashSet<>();
        held.forEach((digest, manifest) -> {
            if (manifest.tags().isEmpty() && !named.contains(digest)) {
                strangers.add(digest);
            }
        });
        Set<Digest> belonging = new HashSet<>();
        if (strangers.isEmpty()) {
            return new Belongings(belonging);
        }
        Deque<Digest> parents = new ArrayDeque<>();
        held.forEach((digest, manifest) -> {
            if (MediaTypes.isIndex(manifest.mediaType()) && !strangers.contains(digest)) {
                parents.add(digest);
            }
        });
        while (!parents.isEmpty()) {
            for (Descriptor child : manifests(repository, parents.remove())) {
                if (belonging.add(child.digest()) && MediaTypes.isIndex(child.mediaType())) {
                    parents.add(child.digest());
                }
            }
        }
        for (Digest stranger : strangers) {
            if (!belonging.contains(stranger) && hasSubject(repository, stranger)) {
                belonging.add(stranger);
            }
        }
        return new Belongings(belonging);
    }

    private List<Descriptor> manifests(Repository repository, Digest index) throws InterruptedException {
        return manifest(repository, index).map(Manifest::manifests).orElse(List.of());
    }

    private boolean hasSubject(Repository repository, Digest digest) throws InterruptedException {
        return manifest(repository, digest)
                .flatMap(manifest -> switch (manifest) {
                    case Manifest.Image image -> image.subject();
                    case Manifest.Index index -> index.subject();
                    case Manifest.Schema1 old -> Optional.<Descriptor>empty();
                })
                .isPresent();
    }

    private Optional<Manifest> manifest(Repository repository, Digest digest) throws InterruptedException {
        if (!read.containsKey(digest)) {
            Optional<RawManifest> raw = registries.manifests().get(repository.at(digest));
            try {
                raw.ifPresent(bytes -> read.put(digest, Manifest.parse(bytes)));
            } catch (InvalidManifestException e) {
                // It belongs to nothing then, and is reported as what it is: something that no manifest names.
                return Optional.empty();
            }
        }
        return Optional.ofNullable(read.get(digest));
    }
}
