// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import java.time.Instant;

/// Hears of a forge's limits. Called by the thread that asks; must be quick.
public interface LimitListener {
    /// No request is sent until then.
    ///
    /// @param why in words: `GitHub's 60 requests an hour are used up`
    void waiting(String why, Instant until);

    static LimitListener none() {
        return (why, until) -> {};
    }
}
