// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.store.Base;
import io.kpromo.files.store.Scheme;
import io.kpromo.files.store.Server;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.access.CloudAccess;
import io.kpromo.files.store.artifact.ArtifactStores;
import io.kpromo.files.store.folder.FolderStore;
import io.kpromo.files.store.gcs.GcsStores;
import io.kpromo.files.store.s3.S3Options;
import io.kpromo.files.store.s3.S3Stores;
import io.kpromo.oci.Host;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Opens stores of every kind that manifests and flags name. Opening asks nobody anything.
final class StoreOpener {
    private final GcsStores google;
    private final S3Stores amazon;
    private final ArtifactStores artifacts;

    /// @param session the way to hosts
    /// @param environment the variables of the process
    StoreOpener(Session session, Map<String, String> environment) {
        InstantSource clock = InstantSource.system();
        this.google = new GcsStores(session.transport(), environment, () -> access(session, environment), clock);
        this.amazon = new S3Stores(
                session.transport(), environment, () -> access(session, environment), S3Options.of(environment), clock);
        this.artifacts = new ArtifactStores(session.registries());
    }

    /// Hosts that the environment, or what is asked for, names by a scheme: whoever wrote so wants it.
    ///
    /// @param servers that manifests name
    /// @throws StoreException where one is named by plain HTTP here and without there: one of them must be wrong,
    ///     and which is not for us to guess
    static Access.Named named(Map<String, String> environment, Collection<Server> servers) {
        Set<Server> all = new LinkedHashSet<>(servers);
        GcsStores.server(environment).ifPresent(all::add);
        S3Stores.server(environment).ifPresent(all::add);
        Map<Boolean, Set<Host>> hosts = all.stream()
                .collect(
                        Collectors.partitioningBy(Server::plain, Collectors.mapping(Server::host, Collectors.toSet())));
        Access.Named named = new Access.Named(hosts.getOrDefault(true, Set.of()), hosts.getOrDefault(false, Set.of()));
        named.secure().stream().filter(named.plain()::contains).forEach(host -> {
            throw new StoreException(host + " is named by http:// and by https://; name it one way");
        });
        return named;
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

    /// One that files come from, as everybody may see it.
    Store source(Base base) {
        return base.scheme() == Scheme.FILE ? FolderStore.source(base) : asAnyone(base);
    }

    /// As everybody may see it. Registries are asked with what this machine knows of them, as always.
    Store asAnyone(Base base) {
        return switch (base.scheme()) {
            case FILE -> FolderStore.destination(base);
            case OCI -> artifacts.open(base);
            case GS -> google.asAnyone(base);
            case S3 -> amazon.asAnyone(base);
            case GITHUB -> throw new StoreException(base + " is read by kpromo gh only");
        };
    }

    /// With the rights that writing needs.
    ///
    /// @param account a service account of Google
    /// @param profile of Amazon's tools, whose keys are used
    /// @param place that names the base, for messages
    /// @throws StoreException where there is no account, and one is needed
    Store signedIn(Base base, Optional<String> account, Optional<String> profile, String place) {
        return switch (base.scheme()) {
            case FILE, OCI, GITHUB -> asAnyone(base);
            // Google's accounts are shown to Google alone.
            case GS -> base.server().isPresent() ? asAnyone(base) : google.as(account(base, account, place), base);
            case S3 -> amazon.signedIn(base, profile, place);
        };
    }

    private static String account(Base base, Optional<String> account, String place) {
        return account.orElseThrow(() -> new StoreException(
                place + ": " + base + " names no service-account, and writing there needs one; add it"));
    }
}
