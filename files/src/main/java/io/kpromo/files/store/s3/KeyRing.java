// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.Base;
import io.kpromo.files.store.Server;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.access.CloudAccess;
import io.kpromo.files.store.access.ProfileKeys;
import io.kpromo.files.store.access.Remembered;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// Which keys sign for which server. Whose they are is said on this machine, never in a manifest: those of the
/// default chain are for the server that the variables name, or for Amazon; those of a profile for its
/// `endpoint_url`, where it has one. No other server sees them, nor what was signed with them.
final class KeyRing {
    private record Lock(Optional<String> profile, Optional<Server> server) {}

    private final Map<String, String> environment;
    private final Supplier<CloudAccess> access;
    private final InstantSource clock;
    private final ConcurrentMap<Lock, Remembered<AccessKeys>> keys = new ConcurrentHashMap<>();

    /// @param access asked for keys that the variables do not hold, when the first request is to be signed
    KeyRing(Map<String, String> environment, Supplier<CloudAccess> access, InstantSource clock) {
        this.environment = environment;
        this.access = access;
        this.clock = clock;
    }

    /// The keys for a bucket. Nobody is asked yet.
    ///
    /// @param profile that a manifest names
    /// @param place where it does, for messages
    /// @throws StoreException where there is no profile, and other keys do not belong there
    Remembered<AccessKeys> keysFor(Base base, Optional<String> profile, String place) {
        if (profile.isEmpty()
                && base.server().isPresent()
                && !isOurs(base.server().get())) {
            throw new StoreException(place + ": " + base + " names no profile, and other keys do not belong there; add"
                    + " profile: NAME, and in ~/.aws/config the section [profile NAME] with endpoint_url = "
                    + base.server().get());
        }
        return keys.computeIfAbsent(
                new Lock(profile, base.server()),
                lock -> new Remembered<>(
                        refused -> {
                            if (refused.isPresent()) {
                                access.get().forget(refused.get());
                            }
                            return profile.isPresent() ? ofProfile(profile.get(), base.server(), place) : ofChain();
                        },
                        clock));
    }

    /// Whether the variables, or nothing but Amazon's own, lead there, too.
    private boolean isOurs(Server server) {
        return Endpoint.custom(environment).map(server::equals).orElseGet(() -> Endpoint.isAmazons(server));
    }

    private AccessKeys ofChain() throws InterruptedException {
        Optional<AccessKeys> set = AccessKeys.of(environment);
        return set.isPresent() ? set.get() : access.get().amazon(region());
    }

    private AccessKeys ofProfile(String name, Optional<Server> named, String place) throws InterruptedException {
        ProfileKeys found = access.get().profile(name);
        Optional<Server> here = named.or(() -> Endpoint.custom(environment));
        if (found.endpoint().isPresent()) {
            Server theirs = Server.parse(found.endpoint().get())
                    .orElseThrow(() -> new StoreException(
                            "endpoint_url of the AWS profile " + name + " has to be " + Server.WANTED));
            if (!here.equals(Optional.of(theirs))) {
                throw new StoreException(place + ": the keys of the AWS profile " + name + " are for " + theirs
                        + ", its endpoint_url, and not for "
                        + here.map(Server::toString).orElse("Amazon")
                        + "; name that endpoint, or another profile");
            }
        } else if (named.isPresent() && !isOurs(named.get())) {
            throw new StoreException(place + ": the AWS profile " + name + " does not say that its keys are for "
                    + named.get() + "; add endpoint_url = " + named.get() + " to it");
        }
        return found.keys();
    }

    private String region() {
        String otherwise = environment.getOrDefault("AWS_DEFAULT_REGION", Endpoint.FIRST_REGION);
        return environment.getOrDefault("AWS_REGION", otherwise);
    }
}
