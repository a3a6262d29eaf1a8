// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.time.Duration;

/// Hears what delays requests, so that a display can say so. Must neither block nor throw: it is called by the
/// thread that sends.
public interface TransportListener {
    void on(Event event);

    static TransportListener none() {
        return event -> {};
    }

    /// What there is to hear.
    sealed interface Event permits Retried, Throttled {}

    /// A request failed and will be sent again.
    ///
    /// @param tries how often it was sent until now
    /// @param cause what went wrong, without secrets
    /// @param pause until it is sent again
    record Retried(Request request, int tries, String cause, Duration pause) implements Event {}

    /// A host said that requests come too fast.
    ///
    /// @param host with its port
    /// @param perSecond the rate from now on
    record Throttled(String host, double perSecond) implements Event {}
}
