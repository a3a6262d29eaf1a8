// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Host;
import io.kpromo.oci.Repository;
import io.kpromo.oci.feed.Supply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one blob's way to one host is made of.
///
/// @param repositories that need the blob
/// @param holder the repository of the host that is known to hold it; it can be mounted from there
/// @param mounts whether the host may mount
/// @param places of those repositories that need bytes
record HostPart(
        Host host,
        List<Repository> repositories,
        Optional<Repository> holder,
        boolean mounts,
        Map<Repository, Supply> places)
        implements AutoCloseable {
    Optional<Supply> place(Repository into) {
        return Optional.ofNullable(places.get(into));
    }

    /// Nobody waits for these takers any more.
    @Override
    public void close() {
        places.values().forEach(Supply::close);
    }
}
