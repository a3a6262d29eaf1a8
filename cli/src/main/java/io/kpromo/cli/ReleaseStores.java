// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.files.github.ReleaseConfig;
import io.kpromo.files.github.ReleaseStore;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The stores of a run of `kpromo gh`: releases to read from, and where their files go.
final class ReleaseStores extends OpenStores<ReleaseStore> {
    private final StoreOpener opener;
    private final String account;
    private final Optional<Path> output;

    /// @param account to write to Google's buckets as; empty for whoever this machine is
    /// @param output a folder that gets a copy of everything
    ReleaseStores(StoreOpener opener, String account, Optional<Path> output) {
        this.opener = opener;
        this.account = account;
        this.output = output;
    }

    /// The stores that files of these releases go to.
    List<Store> open(ReleaseStore source, ReleaseConfig config) {
        sources.merge(source.base(), source, ReleaseStore::and);
        List<Base> bases = new ArrayList<>();
        output.ifPresent(folder ->
                bases.add(Base.parse("file://" + folder.toAbsolutePath().normalize() + "/" + config.repository())));
        config.destination().ifPresent(bases::add);
        return bases.stream()
                .map(base -> destinations.computeIfAbsent(
                        base,
                        one -> opener.signedIn(
                                one,
                                Optional.of(account),
                                Optional.empty(),
                                config.place().toString())))
                .toList();
    }
}
