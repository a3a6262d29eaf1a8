// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.manifest.FileManifest;
import io.kpromo.files.manifest.FileManifests;
import io.kpromo.files.manifest.Filestore;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.Stores;
import io.kpromo.files.store.artifact.ArtifactStores;
import io.kpromo.files.store.folder.FolderStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The stores that manifests name: sources as everybody may see them, destinations with the rights that writing
/// needs, where that is asked for.
final class FileStores implements Stores {
    private final ArtifactStores artifacts;
    private final Map<Base, Store> sources = new HashMap<>();
    private final Map<Base, Store> destinations = new HashMap<>();

    /// @param session the way to hosts
    /// @param signedIn whether destinations are asked with the rights of their service accounts
    /// @throws StoreException where a destination needs an account and names none
    FileStores(FileManifests manifests, Session session, boolean signedIn) {
        this.artifacts = new ArtifactStores(session.registries());
        for (FileManifest manifest : manifests.all()) {
            sources.computeIfAbsent(manifest.source().base(), this::asAnyone);
            for (Filestore store : manifest.destinations()) {
                if (!destinations.containsKey(store.base())) {
                    destinations.put(store.base(), signedIn ? signedIn(store) : asAnyone(store.base()));
                }
            }
        }
    }

    private Store asAnyone(Base base) {
        return switch (base.scheme()) {
            case FILE -> new FolderStore(base);
            case OCI -> artifacts.open(base);
            case GS, S3 -> throw new StoreException(base + ": not yet");
        };
    }

    private Store signedIn(Filestore store) {
        return asAnyone(store.base());
    }

    @Override
    public Store source(Base base) {
        return Optional.ofNullable(sources.get(base)).orElseThrow();
    }

    @Override
    public Store destination(Base base) {
        return Optional.ofNullable(destinations.get(base)).orElseThrow();
    }

    @Override
    public void close() {
        sources.values().forEach(Store::close);
        destinations.values().forEach(Store::close);
    }
}
