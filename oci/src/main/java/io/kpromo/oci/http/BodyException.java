// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;

/// What is to be sent can't be read. Asking again does not help, and the other side is not to blame.
final class BodyException extends IOException {
    private static final long serialVersionUID = 1L;

    BodyException(String message) {
        super(message);
    }

    BodyException(IOException cause) {
        super("what is to be sent can't be read: " + cause.getMessage(), cause);
    }
}
