// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import io.kpromo.oci.client.BlobIntake;

/// Where content is read from, as often as need be.
public interface Origin {
    Expected expected();

    /// The memory it is read into.
    Window window();

    /// Reads from where the intake stands to the end, and goes on from there when the connection breaks.
    ///
    /// @throws io.kpromo.oci.OciException when it can't be had
    void read(BlobIntake into) throws InterruptedException;
}
