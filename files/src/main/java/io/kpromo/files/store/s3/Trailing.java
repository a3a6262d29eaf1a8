// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.bucket.Checksums;
import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Body;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A body in chunks with its SHA-256 behind it, so that it need not be known before the first byte is sent
/// (Amazon S3 API Reference, "Signature calculations: transferring payload in multiple chunks including trailing
/// headers").
final class Trailing implements Body {
    static final String HEADER = "x-amz-checksum-sha256";
    private static final int CHUNK = 64 * 1024;
    private static final int SUM_LENGTH = 44;

    private final Body content;
    private volatile String sum = "";

    Trailing(Body content) {
        this.content = content;
    }

    /// In base64, of what was sent last; empty before its end.
    String sum() {
        return sum;
    }

    @Override
    public long length() {
        long whole = content.length() / CHUNK;
        long rest = content.length() % CHUNK;
        return whole * framed(CHUNK)
                + (rest > 0 ? framed(rest) : 0)
                + "0\r\n".length()
                + trailer("").length()
                + SUM_LENGTH;
    }

    private static long framed(long chunk) {
        return Long.toHexString(chunk).length() + 2 + chunk + 2;
    }

    private static String trailer(String sum) {
        return HEADER + ":" + sum + "\r\n\r\n";
    }

    @Override
    public InputStream open() throws IOException, InterruptedException {
        sum = "";
        return new Chunks(content.open(), content.length());
    }

    private final class Chunks extends InputStream {
        private final InputStream in;
        private final MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        private final byte[] one = new byte[1];
        private long left;
        private byte[] piece = new byte[0];
        private int at;
        private boolean ended;

        Chunks(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            while (at == piece.length) {
                if (ended) {
                    return -1;
                }
                next();
            }
            int n = Math.min(most, piece.length - at);
            System.arraycopy(piece, at, into, from, n);
            at += n;
            return n;
        }

        /// A chunk with its frame, or the end.
        private void next() throws IOException {
            at = 0;
            if (left == 0) {
                ended = true;
                sum = Checksums.base64(hasher.digest());
                piece = ("0\r\n" + trailer(sum)).getBytes(StandardCharsets.US_ASCII);
                return;
            }
            int length = (int) Math.min(CHUNK, left);
            byte[] head = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] chunk = new byte[head.length + length + 2];
            System.arraycopy(head, 0, chunk, 0, head.length);
            if (in.readNBytes(chunk, head.length, length) < length) {
                throw new IOException("what is to be sent is shorter than announced");
            }
            hasher.update(chunk, head.length, length);
            chunk[chunk.length - 2] = '\r';
            chunk[chunk.length - 1] = '\n';
            left -= length;
            piece = chunk;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
