// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.gcs;

import io.kpromo.files.store.Base;
import io.kpromo.files.store.Server;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.access.AccessToken;
import io.kpromo.files.store.access.CloudAccess;
import io.kpromo.files.store.access.Remembered;
import io.kpromo.files.store.access.TokenSignIn;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Transport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// Opens buckets of Google Cloud Storage, or of the server that a filestore or `STORAGE_EMULATOR_HOST` names. Opening
/// asks nobody anything.
public final class GcsStores {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final Transport transport;
    private final Map<String, String> environment;
    private final Supplier<CloudAccess> access;
    private final InstantSource clock;
    private final ConcurrentMap<String, Remembered<AccessToken>> tokens = new ConcurrentHashMap<>();

    /// @param transport that requests go through; it stays the caller's to close
    /// @param environment the variables of the process
    /// @param access asked for tokens when the first request needs one
    public GcsStores(
            Transport transport, Map<String, String> environment, Supplier<CloudAccess> access, InstantSource clock) {
        this.transport = transport;
        this.environment = Map.copyOf(environment);
        this.access = access;
        this.clock = clock;
    }

    /// As everybody may see it: no credentials are shown.
    ///
    /// @throws io.kpromo.files.store.StoreException where `STORAGE_EMULATOR_HOST` is no address
    public Store asAnyone(Base base) {
        return open(base, GcsPlace.of(base.server(), environment), SignIn.nowhere());
    }

    /// In the name of a service account, which is shown to Google alone; all stores of one account share its token.
    ///
    /// @param account its e-mail address; empty for whoever this machine is
    /// @throws io.kpromo.files.store.StoreException where `STORAGE_EMULATOR_HOST` is no address
    public Store as(String account, Base base) {
        Remembered<AccessToken> token =
                tokens.computeIfAbsent(account, name -> new Remembered<>(refused -> token(name, refused), clock));
        GcsPlace place = GcsPlace.of(base.server(), environment);
        return open(base, place, place.emulator() ? SignIn.nowhere() : new TokenSignIn(token));
    }

    private AccessToken token(String account, Optional<AccessToken> refused) throws InterruptedException {
        CloudAccess cloud = access.get();
        if (refused.isPresent()) {
            cloud.forget(refused.get());
        }
        return cloud.google(account);
    }

    private Store open(Base base, GcsPlace place, SignIn as) {
        GcsClient client = new GcsClient(transport, place, base, as);
        return new GcsStore(base, client, new GcsWriter(client, GcsStores::pause));
    }

    /// Twice as long after each failure, and half of it by chance, so that many do not come back together.
    private static void pause(int failures) throws InterruptedException {
        double share = 0.5 + ThreadLocalRandom.current().nextDouble() / 2;
        Thread.sleep(Duration.ofMillis((long) (share * (FIRST_PAUSE.toMillis() << (failures - 1)))));
    }

    /// The server that `STORAGE_EMULATOR_HOST` names.
    ///
    /// @throws io.kpromo.files.store.StoreException where it is no address
    public static Optional<Server> server(Map<String, String> environment) {
        return GcsPlace.server(environment);
    }
}
