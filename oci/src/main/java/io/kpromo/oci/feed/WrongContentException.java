// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

import java.io.IOException;

/// A source sent something else than it should have: all of it came, and its sum is another one. Where it stays so
/// when it is asked again, it holds something else, and whoever is told so is not helped by trying once more.
public final class WrongContentException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongContentException(String message) {
        super(message);
    }

    /// Whether this is what a failure comes from.
    public static boolean caused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WrongContentException) {
                return true;
            }
        }
        return false;
    }
}
