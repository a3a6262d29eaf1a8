// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.audit;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether everything below some contents of a repository is there. One request for each distinct manifest and
/// blob.
final class Completeness {
    private final Registries registries;
    private final Repository repository;
    /// What was looked at, with what it lacks; empty where it lacks nothing.
    private final Map<Digest, Optional<String>> manifests = new HashMap<>();

    private final Map<Digest, Boolean> blobs = new HashMap<>();

    Completeness(Registries registries, Repository repository) {
        this.registries = registries;
        this.repository = repository;
    }

    List<Finding> check(List<Digest> roots) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (Digest root : roots) {
            lacking(root).ifPresent(what -> findings.add(new Finding.Incomplete(repository, root, what)));
        }
        return findings;
    }

    private Optional<String> lacking(Digest digest) throws InterruptedException {
        if (!manifests.containsKey(digest)) {
            // Before its children: an index that names itself would never end.
            manifests.put(digest, Optional.empty());
            manifests.put(digest, look(digest));
        }
        return manifests.getOrDefault(digest, Optional.empty());
    }

    private Optional<String> look(Digest digest) throws InterruptedException {
        Optional<RawManifest> raw = registries.manifests().get(repository.at(digest));
        if (raw.isEmpty()) {
            return Optional.of("manifest " + digest);
        }
        Manifest manifest = Manifest.parse(raw.get());
        for (Descriptor child : manifest.manifests()) {
            Optional<String> lacks = lacking(child.digest());
            if (lacks.isPresent()) {
                return lacks;
            }
        }
        for (Descriptor blob : manifest.blobs()) {
            if (!holds(blob.digest())) {
                return Optional.of("blob " + blob.digest());
            }
        }
        return Optional.empty();
    }

    private boolean holds(Digest blob) throws InterruptedException {
        if (!blobs.containsKey(blob)) {
            blobs.put(blob, registries.blobs().exists(repository, blob));
        }
        return blobs.getOrDefault(blob, false);
    }
}
