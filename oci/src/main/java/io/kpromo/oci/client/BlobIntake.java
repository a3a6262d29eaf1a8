// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import java.io.IOException;
import java.io.InputStream;

/// Who takes the bytes of a blob that is read, and remembers how far it came.
public interface BlobIntake {
    /// How many bytes have been taken; reading goes on from here.
    long offset();

    /// Takes all that comes. What was taken before an exception stays taken.
    ///
    /// @throws IOException of the stream, which is then asked for again from [#offset]
    void take(InputStream more) throws IOException, InterruptedException;
}
