// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import io.kpromo.oci.http.Time;
import java.time.Duration;
import java.time.Instant;

/// A clock that tests turn, and on which sleeping takes no time.
final class SetTime implements Time {
    private volatile Instant now = Instant.now();

    @Override
    public long nanos() {
        return now.toEpochMilli() * 1_000_000;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void sleep(Duration duration) {
        pass(duration);
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }
}
