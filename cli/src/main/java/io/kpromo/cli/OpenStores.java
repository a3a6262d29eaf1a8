// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.Stores;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The stores that a run has opened; it closes them. For one thread until all are open.
abstract class OpenStores<S extends Store> implements Stores {
    final Map<Base, S> sources = new HashMap<>();
    final Map<Base, Store> destinations = new HashMap<>();

    @Override
    public final Store source(Base base) {
        return Optional.ofNullable(sources.get(base)).orElseThrow();
    }

    @Override
    public final Store destination(Base base) {
        return Optional.ofNullable(destinations.get(base)).orElseThrow();
    }

    @Override
    public final void close() {
        sources.values().forEach(Store::close);
        destinations.values().forEach(Store::close);
    }
}
