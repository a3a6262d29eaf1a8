// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.oci.Repository;
import java.util.List;

/// What one destination repository shall hold.
///
/// @param contents sorted by digest, each digest once; the list is shared between destinations that want the same
public record WantedRepository(Repository destination, List<WantedContent> contents)
        implements Comparable<WantedRepository> {
    /// Edges into this repository.
    public long edges() {
        long edges = 0;
        for (WantedContent content : contents) {
            edges += content.edges();
        }
        return edges;
    }

    @Override
    public int compareTo(WantedRepository other) {
        return destination.compareTo(other.destination);
    }
}
