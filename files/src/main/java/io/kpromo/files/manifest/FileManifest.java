// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import java.util.List;

/// Files, where they come from, and where they go to.
///
/// @param project the folder it was found in, or the name of the file
/// @param destinations one or more
/// @param files one or more, each name once, in the order they were written
public record FileManifest(String project, Filestore source, List<Filestore> destinations, List<WantedFile> files) {
    public FileManifest {
        destinations = List.copyOf(destinations);
        files = List.copyOf(files);
    }

    /// How many files it wants in places, each counted for itself.
    public long edges() {
        return (long) files.size() * destinations.size();
    }
}
