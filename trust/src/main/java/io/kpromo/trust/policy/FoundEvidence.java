// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import io.kpromo.trust.store.Finding;
import java.util.List;

/// What was found for a digest.
///
/// @param all of it, also what is wrong
/// @param unseen why some of it, or all, could not be looked at; empty where nothing was left out, and only then
///     does an empty list mean "none"
public record FoundEvidence(List<Evidence> all, List<Finding> unseen) {
    public FoundEvidence {
        all = List.copyOf(all);
        unseen = List.copyOf(unseen);
    }
}
