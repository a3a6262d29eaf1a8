// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.store.Base;
import io.kpromo.files.store.Stores;
import io.kpromo.oci.feed.Laggards;
import io.kpromo.oci.feed.Lanes;
import io.kpromo.oci.feed.Supply;
import io.kpromo.oci.feed.Window;
import java.util.concurrent.Semaphore;

/// What all transfers of a run work with.
///
/// @param streams permits for large files. There are fewer of them than a host has slots, so that a file which is
///     being read always finds a slot at each destination, and no two files wait for each other.
record FileWorkshop(
        Stores stores,
        FileOptions options,
        Window window,
        Semaphore streams,
        Lanes<Base> lanes,
        Laggards<Base> laggards,
        FileListener listener) {
    static FileWorkshop of(Stores stores, FileOptions options, FileListener listener) {
        return new FileWorkshop(
                stores,
                options,
                new Window(options.window(), options.patience()),
                new Semaphore(options.streams(), true),
                new Lanes<>(options.streams()),
                new Laggards<>(options.patience()),
                listener);
    }

    /// A destination that takes bytes.
    ///
    /// @param wanted is run when bytes are needed, before they are waited for
    Supply.Taker taker(Base into, Runnable wanted) {
        return new Supply.Taker() {
            @Override
            public void wanted() {
                wanted.run();
            }

            @Override
            public Lanes.Lane lane() throws InterruptedException {
                return lanes.enter(into);
            }

            // No store knows the manifest's sum.
            @Override
            public boolean checks() {
                return false;
            }

            @Override
            public void took(int bytes) {
                listener.sent(bytes);
            }
        };
    }
}
