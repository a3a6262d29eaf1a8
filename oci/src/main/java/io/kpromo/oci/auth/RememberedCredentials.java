// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import io.kpromo.oci.Host;
import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.oci.http.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Asks a source once for each host, and again when what it gave is about to expire. Failures aren't remembered.
final class RememberedCredentials {
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final CredentialSource source;
    private final Time time;
    private final ConcurrentHashMap<Place, Optional<Credential>> known = new ConcurrentHashMap<>();
    private final InFlight<Place, Optional<Credential>> asking = InFlight.passing(LONGEST);

    private record Place(Host host, String path) {}

    RememberedCredentials(CredentialSource source, Time time) {
        this.source = source;
        this.time = time;
    }

    Optional<Credential> find(Host host, String path) throws InterruptedException {
        Place place = new Place(host, source.knowsPaths() ? path : "");
        Optional<Credential> remembered = known.get(place);
        if (remembered != null && isFresh(remembered)) {
            return remembered;
        }
        return asking.once(place, () -> {
            Optional<Credential> found = source.find(place.host(), place.path());
            known.put(place, found);
            return found;
        });
    }

    private boolean isFresh(Optional<Credential> credential) {
        Optional<Instant> expires = credential.flatMap(Credential::expires);
        return expires.isEmpty() || time.now().isBefore(expires.get().minus(MARGIN));
    }
}
