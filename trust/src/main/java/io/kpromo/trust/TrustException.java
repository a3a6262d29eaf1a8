// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust;

import io.kpromo.oci.OciException;

/// Something could not be signed, read or found out. That a signature is wrong is an answer, not an exception.
public class TrustException extends OciException {
    private static final long serialVersionUID = 1;

    public TrustException(String message) {
        super(message);
    }

    public TrustException(String message, Throwable cause) {
        super(message, cause);
    }
}
