// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The body of an answer. Knows where it ends, and fails where the connection ends before.
abstract class BodyInput extends InputStream {
    private final byte[] one = new byte[1];
    private long count;
    private @Nullable Pace pace;

    /// Some bytes, at least one, or -1 at the end.
    abstract int some(byte[] into, int from, int length) throws IOException;

    /// Whether all of it was read, so that the connection stands before its next answer.
    abstract boolean atEnd();

    /// Has to come so fast from now on.
    final BodyInput at(Pace least) {
        pace = least;
        return this;
    }

    /// Bytes of the body that were read.
    final long count() {
        return count;
    }

    @Override
    public final int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        long began = System.nanoTime();
        int n = some(into, from, length);
        count += Math.max(0, n);
        Pace least = pace;
        if (least != null && n > 0) {
            least.took(System.nanoTime() - began, n);
        }
        return n;
    }

    static EOFException broken(long read, String announced) {
        return new EOFException("the body broke off after " + read + " bytes" + announced);
    }
}
