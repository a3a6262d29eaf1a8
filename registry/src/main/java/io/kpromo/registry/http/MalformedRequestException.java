// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.io.IOException;

/// Bytes that are no HTTP/1.1 request, or more than the server takes. Answered with its status, then closed.
final class MalformedRequestException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    MalformedRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
