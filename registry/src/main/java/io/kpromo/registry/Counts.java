// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.http.Kind;
import java.util.EnumMap;
import java.util.Map;

/// How many requests of each kind a registry was asked. A `POST` with `mount` counts as [Kind#MOUNT] when it mounted
/// and
/// as [Kind#POST_UPLOAD] when it opened an upload; a manifest's `PUT` by tag is a [Kind#PUT_TAG].
///
/// @param byKind without those that are 0
public record Counts(Map<Kind, Integer> byKind) {
    public Counts {
        EnumMap<Kind, Integer> sorted = new EnumMap<>(Kind.class);
        byKind.forEach((kind, count) -> {
            if (count != 0) {
                sorted.put(kind, count);
            }
        });
        byKind = java.util.Collections.unmodifiableMap(sorted);
    }

    public static Counts none() {
        return new Counts(Map.of());
    }

    /// These and so many more of a kind: `Counts.none().and(HEAD_MANIFEST, 16).and(MOUNT, 28)`.
    public Counts and(Kind kind, int more) {
        EnumMap<Kind, Integer> all = new EnumMap<>(Kind.class);
        all.putAll(byKind);
        all.merge(kind, more, Integer::sum);
        return new Counts(all);
    }

    /// What was asked since an earlier look.
    public Counts since(Counts earlier) {
        Counts difference = this;
        for (Map.Entry<Kind, Integer> entry : earlier.byKind.entrySet()) {
            difference = difference.and(entry.getKey(), -entry.getValue());
        }
        return difference;
    }

    public int of(Kind kind) {
        return byKind.getOrDefault(kind, 0);
    }

    public int total() {
        return byKind.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// For example `{HEAD_MANIFEST=16, MOUNT=28}`.
    @Override
    public String toString() {
        return byKind.toString();
    }
}
