// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts requests while they run.
final class Counter {
    private final ConcurrentHashMap<String, Map<Kind, Cell>> hosts = new ConcurrentHashMap<>();

    private static final class Cell {
        private final LongAdder requests = new LongAdder();
        private final LongAdder again = new LongAdder();
        private final LongAdder sent = new LongAdder();
        private final LongAdder received = new LongAdder();
        private final LongAdder waited = new LongAdder();
    }

    void add(String host, Kind kind, boolean again, long sent, long received, long waitedNanos) {
        // A map of all kinds, never changed afterwards, can be read without a lock.
        Map<Kind, Cell> kinds = hosts.get(host);
        if (kinds == null) {
            kinds = hosts.computeIfAbsent(host, h -> cells());
        }
        Cell cell = Objects.requireNonNull(kinds.get(kind));
        cell.requests.increment();
        cell.again.add(again ? 1 : 0);
        cell.sent.add(sent);
        cell.received.add(received);
        cell.waited.add(waitedNanos);
    }

    private static Map<Kind, Cell> cells() {
        Map<Kind, Cell> cells = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            cells.put(kind, new Cell());
        }
        return cells;
    }

    RequestCounts snapshot() {
        Map<String, Map<Kind, RequestCounts.Tally>> all = new TreeMap<>();
        hosts.forEach((host, cells) -> {
            Map<Kind, RequestCounts.Tally> kinds = new EnumMap<>(Kind.class);
            cells.forEach((kind, cell) -> {
                if (cell.requests.sum() > 0) {
                    kinds.put(
                            kind,
                            new RequestCounts.Tally(
                                    cell.requests.sum(),
                                    cell.again.sum(),
                                    cell.sent.sum(),
                                    cell.received.sum(),
                                    cell.waited.sum()));
                }
            });
            all.put(host, kinds);
        });
        return new RequestCounts(all);
    }
}
