// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.ForgeException;

/// It is not known whether the forge did what it was told: the answer never came.
public final class LostAnswerException extends ForgeException {
    private static final long serialVersionUID = 1L;

    LostAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
