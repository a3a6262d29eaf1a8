// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.yaml.Problem;
import java.util.List;

/// All that was read: one plain manifest or a thin tree of them.
///
/// @param all in the order of their projects
/// @param warnings what deserves a look and stops nothing
public record Manifests(List<PromoterManifest> all, List<Problem> warnings) {
    public Manifests {
        all = List.copyOf(all);
        warnings = List.copyOf(warnings);
    }
}
