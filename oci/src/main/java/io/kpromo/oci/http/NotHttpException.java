// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.IOException;

/// What came is no answer of HTTP/1.x.
final class NotHttpException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean tls;

    /// @param tls whether it is a message of TLS, so that `https` should have been spoken
    NotHttpException(String message, boolean tls) {
        super(message);
        this.tls = tls;
    }

    boolean isTls() {
        return tls;
    }
}
