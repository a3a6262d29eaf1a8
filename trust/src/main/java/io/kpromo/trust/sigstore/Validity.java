// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import java.time.Instant;
import java.util.Optional;

/// When a key or an authority is to be trusted, both ends included.
///
/// @param end empty as long as nobody has set one
public record Validity(Instant start, Optional<Instant> end) {
    /// From the first to the last moment of time.
    public static final Validity ALWAYS = new Validity(Instant.MIN, Optional.empty());

    public boolean contains(Instant moment) {
        return !moment.isBefore(start) && !isOverAt(moment);
    }

    public boolean isOverAt(Instant moment) {
        return end.isPresent() && moment.isAfter(end.get());
    }

    @Override
    public String toString() {
        return "from " + (start.equals(Instant.MIN) ? "ever" : start)
                + end.map(e -> " to " + e).orElse(" on");
    }
}
