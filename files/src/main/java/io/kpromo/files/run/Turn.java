// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import java.util.concurrent.Semaphore;

/// One file's turn: first among those that are fetched, then among those that are written. The two are counted apart,
/// so that sources go on while destinations answer.
final class Turn {
    /// How many have their turn at the same time.
    static final class Places {
        private final Semaphore fetching;
        private final Semaphore writing;

        /// @param most files that are fetched, and files that are written, at the same time
        Places(int most) {
            this.fetching = new Semaphore(most);
            this.writing = new Semaphore(most);
        }

        /// Waits for a place among those that are fetched, to be left by [#end].
        Turn begin() throws InterruptedException {
            fetching.acquire();
            return new Turn(this);
        }
    }

    private final Places places;
    private boolean writing;
    private boolean ended;

    private Turn(Places places) {
        this.places = places;
    }

    /// Waits for a place among those that are written, and leaves the one that it had.
    void write() throws InterruptedException {
        if (!writing) {
            places.writing.acquire();
            places.fetching.release();
            writing = true;
        }
    }

    /// Leaves its place to others, once.
    void end() {
        if (!ended) {
            ended = true;
            (writing ? places.writing : places.fetching).release();
        }
    }
}
