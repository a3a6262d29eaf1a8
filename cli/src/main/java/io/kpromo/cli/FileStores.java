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
import io.kpromo.files.store.access.CloudAccess;
import io.kpromo.files.store.artifact.ArtifactStores;
import io.kpromo.files.store.folder.FolderStore;
import io.kpromo.files.store.gcs.GcsStores;
import io.kpromo.files.store.s3.S3Options;
import io.kpromo.files.store.s3.S3Stores;
import io.kpromo.oci.Host;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The stores that manifests name: sources as everybody may see them, destinations with the rights that writing
/// needs, where that is asked for.
final class FileStores implements Stores {
    private final GcsStores google;
    private final S3Stores amazon;
    private final ArtifactStores artifacts;
    private final Map<Base, Store> sources = new HashMap<>();
    private final Map<Base, Store> destinations = new HashMap<>();

    /// @param environment the variables of the process
    /// @param signedIn whether destinations are asked with the rights of their service accounts
    /// @throws StoreException where a destination needs an account and names none
    FileStores(FileManifests manifests, Session session, Map<String, String> environment, boolean signedIn) {
        InstantSource clock = InstantSource.system();
        this.google = new GcsStores(session.transport(), environment, () -> access(session, environment), clock);
        this.amazon = new S3Stores(
                session.transport(), environment, () -> access(session, environment), S3Options.of(environment), clock);
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

    /// Hosts that the environment names by plain HTTP: whoever wrote so wants it.
    static Set<Host> plainHosts(Map<String, String> environment) {
        Set<Host> hosts = new LinkedHashSet<>(GcsStores.plainHosts(environment));
        hosts.addAll(S3Stores.plainHosts(environment));
        return hosts;
    }

    private static CloudAccess access(Session session, Map<String, String> environment) {
        Optional<Path> home = Optional.ofNullable(environment.get("HOME")).map(Path::of);
        return session.clouds().find(CloudAccess.Provider.class).stream()
                .findFirst()
                .orElseThrow(() -> new StoreException(
                        "the libraries of Google and Amazon are not there, and writing to their stores needs them;"
                                + " install the whole distribution"))
                .open(environment, home, session.transport());
    }

    private Store asAnyone(Base base) {
        return switch (base.scheme()) {
            case FILE -> new FolderStore(base);
            case OCI -> artifacts.open(base);
            case GS -> google.asAnyone(base);
            case S3 -> amazon.asAnyone(base);
        };
    }

    private Store signedIn(Filestore store) {
        return switch (store.base().scheme()) {
            case FILE, OCI -> asAnyone(store.base());
            case GS ->
                google.as(
                        store.serviceAccount()
                                .orElseThrow(() -> new StoreException(store.place() + ": " + store.base()
                                        + " names no service-account, and writing there needs one; add it")),
                        store.base());
            case S3 -> amazon.signedIn(store.base());
        };
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
