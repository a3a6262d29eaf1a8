// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.manifest.FileManifest;
import io.kpromo.files.manifest.FileManifests;
import io.kpromo.files.manifest.Filestore;
import io.kpromo.files.store.Server;
import io.kpromo.files.store.Store;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The stores that manifests name: sources as everybody may see them, destinations with the rights that writing
/// needs, where that is asked for.
final class FileStores extends OpenStores<Store> {
    /// @param signedIn whether destinations are asked with the rights of their service accounts
    /// @throws io.kpromo.files.store.StoreException where a destination needs an account and names none
    FileStores(FileManifests manifests, StoreOpener opener, boolean signedIn) {
        for (FileManifest manifest : manifests.all()) {
            sources.computeIfAbsent(manifest.source().base(), opener::source);
            for (Filestore store : manifest.destinations()) {
                if (!destinations.containsKey(store.base())) {
                    destinations.put(store.base(), open(opener, store, signedIn));
                }
            }
        }
    }

    /// Servers that manifests name.
    static Set<Server> servers(FileManifests manifests) {
        return manifests.all().stream()
                .flatMap(manifest -> Stream.concat(Stream.of(manifest.source()), manifest.destinations().stream()))
                .flatMap(store -> store.base().server().stream())
                .collect(Collectors.toSet());
    }

    private static Store open(StoreOpener opener, Filestore store, boolean signedIn) {
        return signedIn
                ? opener.signedIn(
                        store.base(),
                        store.serviceAccount(),
                        store.profile(),
                        store.place().toString())
                : opener.asAnyone(store.base());
    }
}
