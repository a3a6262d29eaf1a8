// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import java.util.List;

/// What was found where things are attached to an image, and what could not be looked at there.
///
/// @param all that was found
/// @param findings empty where all that there is was found: only then does an empty list mean "none". Of whatever
///     kind they are, they are about the list itself
public record Attached<T>(List<T> all, List<Finding> findings) {
    public Attached {
        all = List.copyOf(all);
        findings = List.copyOf(findings);
    }

    static <T> Attached<T> of(List<T> all) {
        return new Attached<>(all, List.of());
    }

    static <T> Attached<T> lost(Finding finding) {
        return new Attached<>(List.of(), List.of(finding));
    }

    /// Whether there is certainly nothing.
    public boolean isNone() {
        return all.isEmpty() && findings.isEmpty();
    }

    /// Whether all that there is was found.
    public boolean isComplete() {
        return findings.isEmpty();
    }
}
