// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;

/// A connection that was kept turned out to be closed by the other side; nobody has read the request.
final class StaleException extends IOException {
    private static final long serialVersionUID = 1L;

    StaleException(IOException cause) {
        super("the connection that was kept is closed", cause);
    }
}
