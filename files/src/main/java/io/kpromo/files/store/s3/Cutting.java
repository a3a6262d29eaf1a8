// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.Incoming;
import io.kpromo.oci.http.Body;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A file as one stream that is cut into parts, so that whoever reads it alone asks for it once. Opened anew only
/// where a part has to be sent again. For one thread.
final class Cutting implements AutoCloseable {
    private final Incoming file;
    private @Nullable InputStream stream;
    private long at;

    Cutting(Incoming file) {
        this.file = file;
    }

    Body part(long offset, long length) {
        return new Body() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() throws IOException, InterruptedException {
                return new Part(streamAt(offset), offset + length);
            }
        };
    }

    private InputStream streamAt(long offset) throws IOException, InterruptedException {
        InputStream open = stream;
        if (open != null && at == offset) {
            return open;
        }
        close();
        InputStream anew = file.part(offset, file.size() - offset).open();
        stream = anew;
        at = offset;
        return anew;
    }

    @Override
    public void close() {
        InputStream open = stream;
        stream = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Nothing more is read of it.
            }
        }
    }

    private final class Part extends FilterInputStream {
        private final long end;

        Part(InputStream in, long end) {
            super(in);
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            if (at >= end) {
                return -1;
            }
            int n = in.read(into, from, (int) Math.min(most, end - at));
            at += Math.max(0, n);
            return n;
        }

        /// The stream stays, for the next part begins where this one ends.
        @Override
        public void close() {
            if (at < end) {
                Cutting.this.close();
            }
        }
    }
}
