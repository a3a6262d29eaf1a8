// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What has passed one door, or several together.
///
/// @param requests by kind; kinds that did not occur are left out
/// @param received bytes of the answers' bodies, by kind
/// @param blobReads how often each blob was answered with, whole or in part
/// @param failures answers of 400 and above, by status
public record Passed(
        Map<RequestKind, Long> requests,
        Map<RequestKind, Long> received,
        Map<String, Long> blobReads,
        Map<Integer, Long> failures) {
    public static final Passed NOTHING = new Passed(Map.of(), Map.of(), Map.of(), Map.of());

    public Passed {
        requests = Map.copyOf(requests);
        received = Map.copyOf(received);
        blobReads = Map.copyOf(blobReads);
        failures = Map.copyOf(failures);
    }

    static Passed read(List<String> lines) throws IOException {
        Map<RequestKind, Long> requests = new EnumMap<>(RequestKind.class);
        Map<RequestKind, Long> received = new EnumMap<>(RequestKind.class);
        Map<String, Long> blobs = new TreeMap<>();
        Map<Integer, Long> failures = new TreeMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            long number = Long.parseLong(words[2]);
            switch (words[0]) {
                case "kind" -> {
                    requests.put(RequestKind.valueOf(words[1]), number);
                    received.put(RequestKind.valueOf(words[1]), Long.parseLong(words[4]));
                }
                case "blob" -> blobs.put(words[1], number);
                case "status" -> {
                    int status = Integer.parseInt(words[1]);
                    if (status >= 400) {
                        failures.put(status, number);
                    }
                }
                default -> throw new IOException("the proxy says what is not understood: " + line);
            }
        }
        return new Passed(requests, received, blobs, failures);
    }

    public Passed plus(Passed other) {
        return new Passed(
                sum(requests, other.requests),
                sum(received, other.received),
                sum(blobReads, other.blobReads),
                sum(failures, other.failures));
    }

    private static <K> Map<K, Long> sum(Map<K, Long> one, Map<K, Long> other) {
        Map<K, Long> both = new HashMap<>(one);
        other.forEach((key, n) -> both.merge(key, n, Long::sum));
        return both;
    }

    public long total() {
        return requests.values().stream().mapToLong(Long::longValue).sum();
    }

    public long of(RequestKind kind) {
        return requests.getOrDefault(kind, 0L);
    }

    /// Bytes of blobs and manifests that were read.
    public long contentBytes() {
        return received.getOrDefault(RequestKind.GET_BLOB, 0L)
                + received.getOrDefault(RequestKind.GET_MANIFEST, 0L)
                + received.getOrDefault(RequestKind.GET_TAG, 0L);
    }
}
