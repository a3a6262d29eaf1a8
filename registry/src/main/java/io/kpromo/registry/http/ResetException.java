// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

/// Ends a connection with a reset (RST), as a crashed peer would. Not an error: somebody asked for it.
public final class ResetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ResetException() {
        super("connection reset on purpose", null, false, false);
    }
}
