// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.plan;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.StoredFile;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What stores hold, as far as anybody looked. Filled from many threads, then read.
public final class ObservedFiles {
    private record Spot(Base base, FileName name) {}

    private final Map<Spot, Sight> sights = new ConcurrentHashMap<>();

    /// What was seen there; of two looks the later counts.
    public void saw(Base base, FileName name, Sight sight) {
        sights.put(new Spot(base, name), sight);
    }

    /// @return empty where nobody looked
    public Optional<Sight> at(Base base, FileName name) {
        return Optional.ofNullable(sights.get(new Spot(base, name)));
    }

    /// The file that was seen there.
    public Optional<StoredFile> file(Base base, FileName name) {
        return at(base, name).orElse(new Sight.Absent()) instanceof Sight.Present(StoredFile file)
                ? Optional.of(file)
                : Optional.empty();
    }
}
