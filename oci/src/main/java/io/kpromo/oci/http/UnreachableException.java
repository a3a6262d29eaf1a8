// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;

/// No connection could be made, so that nothing was sent.
final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean absent;

    /// @param absent whether it looks as though nobody were there: nobody listens, and no connection was ever made
    UnreachableException(String message, IOException cause, boolean absent) {
        super(message, cause);
        this.absent = absent;
    }

    /// Whether waiting is likely of no use: more often than not the address is wrong.
    boolean absent() {
        return absent;
    }
}
