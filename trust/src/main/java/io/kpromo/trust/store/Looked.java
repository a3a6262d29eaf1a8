// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.Descriptor;
import java.util.List;
import java.util.stream.Stream;

/// What one look at an image showed: bundles that refer to it, and layers under its `.sig` tag. Each may have
/// failed for itself.
///
/// @param others what refers to it and is no bundle: SBOMs, signatures of other makes, anything
public record Looked(Attached<AttachedBundle> bundles, Attached<AttachedPayload> payloads, List<Descriptor> others) {
    public Looked {
        others = List.copyOf(others);
    }

    /// All that could not be looked at.
    public List<Finding> findings() {
        return Stream.concat(bundles.findings().stream(), payloads.findings().stream())
                .toList();
    }
}
