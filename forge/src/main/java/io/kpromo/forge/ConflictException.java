// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

/// What was to be changed is not in the state that was expected: a branch is there already or has moved, a tag or a
/// release of that name exists. Nothing was changed.
public final class ConflictException extends ForgeException {
    private static final long serialVersionUID = 1L;

    public ConflictException(String message) {
        super(message);
    }
}
