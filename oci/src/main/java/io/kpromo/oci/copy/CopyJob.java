// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import java.util.List;

/// One content and all the places it has to go.
///
/// @param source the repository that holds it
/// @param root its manifest
/// @param deliveries where it goes, each repository once
public record CopyJob(Repository source, Digest root, List<Delivery> deliveries) {
    public CopyJob {
        deliveries = List.copyOf(deliveries);
    }
}
