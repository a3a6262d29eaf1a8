// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.oci.Repository;
import java.util.List;

/// Files elsewhere that name the image's tag.
///
/// @param paths of these files
/// @param image whose tag is replaced
public record RolloutTarget(Slug repository, RefName base, List<SourcePath> paths, Repository image) {
    public RolloutTarget {
        paths = List.copyOf(paths);
    }
}
