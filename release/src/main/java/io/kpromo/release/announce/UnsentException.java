// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.announce;

import io.kpromo.oci.OciException;

/// A message certainly did not go out: it may be sent again.
public final class UnsentException extends OciException {
    private static final long serialVersionUID = 1L;

    public UnsentException(String message) {
        super(message);
    }
}
