// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import io.kpromo.oci.OciException;

/// A forge refused something or could not be reached. The message says what was asked, of whom, and what it said.
public class ForgeException extends OciException {
    private static final long serialVersionUID = 1L;

    public ForgeException(String message) {
        super(message);
    }

    public ForgeException(String message, Throwable cause) {
        super(message, cause);
    }
}
