// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.Repository;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which repositories are known to hold which blobs: what turns uploads into mounts.
public final class BlobIndex {
    private final Map<Digest, Set<Repository>> holders = new ConcurrentHashMap<>();

    public void learned(Digest blob, Repository holder) {
        holders.computeIfAbsent(blob, key -> ConcurrentHashMap.newKeySet(4)).add(holder);
    }

    /// What was believed turned out to be wrong.
    public void forget(Digest blob, Repository holder) {
        Set<Repository> known = holders.get(blob);
        if (known != null) {
            known.remove(holder);
        }
    }

    public boolean holds(Repository repository, Digest blob) {
        return holders.getOrDefault(blob, Set.of()).contains(repository);
    }

    /// A repository of this host that holds the blob.
    public Optional<Repository> whereabouts(Digest blob, Host host) {
        for (Repository holder : holders.getOrDefault(blob, Set.of())) {
            if (holder.host().equals(host)) {
                return Optional.of(holder);
            }
        }
        return Optional.empty();
    }
}
