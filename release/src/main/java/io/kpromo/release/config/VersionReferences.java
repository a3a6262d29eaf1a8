// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.release.text.Template;
import java.util.List;
import java.util.Optional;

/// Where the version of a release is written down: entries of a file of dependencies.
///
/// @param file `dependencies.yaml`
/// @param entries those that a release changes
public record VersionReferences(SourcePath file, List<Entry> entries) {
    public VersionReferences {
        entries = List.copyOf(entries);
    }

    /// One of them.
    ///
    /// @param name of a dependency in the file
    /// @param version what it becomes; empty for the version as the entry has it now, with or without `v`
    public record Entry(String name, Optional<Template> version) {}
}
