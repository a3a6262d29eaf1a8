// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import java.util.List;

/// One place that a content goes to.
///
/// @param into the repository
/// @param tags that shall point to it, written last; with none it is written under its digest
public record Delivery(Repository into, List<Tag> tags) {
    public Delivery {
        tags = List.copyOf(tags);
    }
}
