// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.bucket;

import io.kpromo.oci.http.Body;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/// The CRC32C of a file that is sent in order, here and there more than once: what is sent again is the same, and
/// counts once.
public final class Summed {
    private final CRC32C sum = new CRC32C();
    private long reached;

    /// How many bytes have been summed.
    public long reached() {
        return reached;
    }

    public int crc32c() {
        return (int) sum.getValue();
    }

    /// A part of the file on its way.
    ///
    /// @param offset of its first byte, which no gap may lie before
    public Body counting(long offset, Body part) {
        if (offset > reached) {
            throw new IllegalArgumentException("bytes " + reached + " to " + offset + " have not been sent yet");
        }
        return new Body() {
            @Override
            public long length() {
                return part.length();
            }

            @Override
            public InputStream open() throws IOException, InterruptedException {
                return new Counting(offset, part.open());
            }
        };
    }

    private final class Counting extends FilterInputStream {
        private long at;

        Counting(long at, InputStream in) {
            super(in);
            this.at = at;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int n = super.read(into, from, most);
            int known = (int) Math.min(Math.max(0, reached - at), Math.max(0, n));
            if (n > known) {
                sum.update(into, from + known, n - known);
                reached = at + n;
            }
            at += Math.max(0, n);
            return n;
        }
    }
}
