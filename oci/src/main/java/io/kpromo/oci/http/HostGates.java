// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// The gates of all hosts.
final class HostGates {
    private final Time time;
    private final int slots;
    private final Duration longest;
    private final Rates rates;
    private final RateLimit google;
    private final RateLimit total;
    private final ConcurrentHashMap<String, HostGate> gates = new ConcurrentHashMap<>();

    HostGates(Time time, TransportOptions options) {
        this.time = time;
        this.slots = options.slotsPerHost();
        this.longest = options.timeouts().overall();
        this.rates = options.rates();
        this.google = new RateLimit(time, rates.google());
        this.total = new RateLimit(time, rates.total());
    }

    HostGate of(String host) {
        HostGate gate = gates.get(host);
        return gate != null ? gate : gates.computeIfAbsent(host, this::gate);
    }

    private HostGate gate(String host) {
        List<RateLimit> shared = new ArrayList<>();
        if (rates.total() > 0) {
            shared.add(total);
        }
        if (rates.google() > 0 && isGoogles(host)) {
            shared.add(google);
        }
        return new HostGate(host, time, slots, longest, new RateLimit(time, rates.perHost()), shared);
    }

    /// Registries whose quota is counted by Google project. registry.k8s.io only redirects, and has none.
    static boolean isGoogles(String host) {
        return host.equals("gcr.io") || host.endsWith(".gcr.io") || host.endsWith(".pkg.dev");
    }
}
