// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.Host;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// How many requests were sent, and what they carried: a snapshot. Every request on the wire counts, answers to
/// challenges, redirects, further tries and requests for tokens too.
///
/// @param hosts by host (and port) and kind; a redirect counts for the host that it led to
public record RequestCounts(Map<String, Map<Kind, Tally>> hosts) {
    /// @param requests sent
    /// @param again those of them that were further tries
    /// @param sent bytes of heads and bodies
    /// @param received bytes of heads and bodies
    /// @param waitedNanos for slots and rates, before they were sent
    public record Tally(long requests, long again, long sent, long received, long waitedNanos) {
        public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

        public Tally plus(Tally more) {
            return new Tally(
                    requests + more.requests,
                    again + more.again,
                    sent + more.sent,
                    received + more.received,
                    waitedNanos + more.waitedNanos);
        }
    }

    /// All of them together.
    public Tally total() {
        return sum(hosts.values().stream().flatMap(kinds -> kinds.values().stream()));
    }

    public Tally of(Host host) {
        return sum(hosts.getOrDefault(host.name(), Map.of()).values().stream());
    }

    public Tally of(Host host, Kind kind) {
        return hosts.getOrDefault(host.name(), Map.of()).getOrDefault(kind, Tally.NONE);
    }

    public Tally of(Kind kind) {
        return sum(hosts.values().stream().map(kinds -> kinds.getOrDefault(kind, Tally.NONE)));
    }

    /// How many requests of which kind were sent to this host; kinds without any are left out.
    public Map<Kind, Long> requests(Host host) {
        Map<Kind, Long> requests = new EnumMap<>(Kind.class);
        hosts.getOrDefault(host.name(), Map.of()).forEach((kind, tally) -> requests.put(kind, tally.requests()));
        return requests;
    }

    /// What came since an earlier snapshot; empty where nothing did.
    public RequestCounts since(RequestCounts earlier) {
        Map<String, Map<Kind, Tally>> more = new TreeMap<>();
        hosts.forEach((host, kinds) -> kinds.forEach((kind, now) -> {
            Tally then = earlier.hosts.getOrDefault(host, Map.of()).getOrDefault(kind, Tally.NONE);
            if (now.requests > then.requests) {
                more.computeIfAbsent(host, h -> new EnumMap<>(Kind.class))
                        .put(
                                kind,
                                now.plus(new Tally(
                                        -then.requests, -then.again, -then.sent, -then.received, -then.waitedNanos)));
            }
        }));
        return new RequestCounts(more);
    }

    private static Tally sum(Stream<Tally> tallies) {
        return tallies.reduce(Tally.NONE, Tally::plus);
    }
}
