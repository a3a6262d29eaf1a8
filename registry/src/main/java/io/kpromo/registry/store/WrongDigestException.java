// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.store;

import io.kpromo.oci.Digest;
import java.io.IOException;

/// Bytes that do not have the digest they were announced with. Nothing of them was kept.
public final class WrongDigestException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongDigestException(Digest expected, Digest actual, long size) {
        super("the " + size + " bytes that came are " + actual + ", not " + expected);
    }
}
