// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.diff;

/// A diff mode cannot tell what changed. The message says why and what to do.
public final class DiffException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DiffException(String message) {
        super(message);
    }

    DiffException(String message, Throwable cause) {
        super(message, cause);
    }
}
