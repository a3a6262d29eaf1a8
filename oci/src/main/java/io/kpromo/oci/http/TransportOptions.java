// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.Host;
import java.util.Map;
import java.util.Set;

/// What can be set about the way to registries. Start with [#standard].
///
/// @param timeouts how long is waited for what
/// @param tries how often a request is sent at most, 1 or more
/// @param slotsPerHost how many requests a host gets at a time, 1 or more
/// @param insecure hosts that may be spoken to by plain HTTP, where they don't speak HTTPS
/// @param environment the variables of the process, for proxies and certificates
/// @param userAgent the name we give
public record TransportOptions(
        Timeouts timeouts,
        int tries,
        int slotsPerHost,
        Set<Host> insecure,
        Map<String, String> environment,
        String userAgent) {
    public TransportOptions {
        insecure = Set.copyOf(insecure);
        environment = Map.copyOf(environment);
    }

    /// No environment, no insecure hosts.
    public static TransportOptions standard() {
        return new TransportOptions(Timeouts.standard(), 5, 32, Set.of(), Map.of(), "kpromo");
    }
}
