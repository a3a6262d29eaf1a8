// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.io.Serial;

/// Something a person wrote cannot be meant so; ends a command with exit code 2.
final class UsageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /// @param message one line: what is wrong, and what to write instead
    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
