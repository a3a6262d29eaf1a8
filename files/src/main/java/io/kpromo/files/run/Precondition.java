// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.plan.FilePlan;

/// What has to hold before the first byte is written.
@FunctionalInterface
public interface Precondition {
    /// Asked once, when all is decided and nothing is in the way.
    ///
    /// @throws io.kpromo.oci.OciException where it does not hold; nothing is written then
    void check(FilePlan plan) throws InterruptedException;

    /// Nothing has to.
    static Precondition none() {
        return _ -> {};
    }
}
