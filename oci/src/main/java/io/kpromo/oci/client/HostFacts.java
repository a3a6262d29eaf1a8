// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Host;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What hosts turned out to be able to do. A fact is believed for five minutes, so that a host that changes is
/// noticed by a long run.
public final class HostFacts {
    /// Something a registry may or may not do.
    public enum Ability {
        /// Takes a whole blob with the `POST` that opens the upload.
        SINGLE_POST,
        /// Mounts a blob that it holds in another repository.
        MOUNT,
        /// Answers the referrers API.
        REFERRERS,
        /// Lists tags together with digests, as Google's registries do.
        GOOGLE_LISTING
    }

    /// What is believed.
    public enum Fact {
        YES,
        NO,
        UNKNOWN
    }

    private static final Duration BELIEVED = Duration.ofMinutes(5);

    private record Key(Host host, Ability ability) {}

    private record Learned(boolean yes, Instant when) {}

    private final Clock clock;
    private final Map<Key, Learned> learned = new ConcurrentHashMap<>();

    public HostFacts(Clock clock) {
        this.clock = clock;
    }

    public Fact about(Host host, Ability ability) {
        Learned fact = learned.get(new Key(host, ability));
        if (fact == null || fact.when.plus(BELIEVED).isBefore(clock.instant())) {
            return Fact.UNKNOWN;
        }
        return fact.yes ? Fact.YES : Fact.NO;
    }

    public void learned(Host host, Ability ability, boolean yes) {
        learned.put(new Key(host, ability), new Learned(yes, clock.instant()));
    }
}
