// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.artifact;

import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Digest;
import io.kpromo.oci.copy.Content;
import io.kpromo.oci.http.Body;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/// A file on its way to a registry, whose SHA-512 is worked out from the bytes that pass, for its manifest is
/// written after them. For one thread at a time, as bodies are sent.
final class HashedContent implements Content {
    private final Incoming file;
    private final MessageDigest hasher = Digest.Algorithm.SHA512.hasher();
    private long hashed;

    HashedContent(Incoming file) {
        this.file = file;
    }

    @Override
    public boolean awaitAll() throws InterruptedException {
        if (file.small()) {
            file.awaitAll();
        }
        return file.small();
    }

    @Override
    public Body from(long offset) {
        long length = file.size() - offset;
        return length == 0 ? Body.of(new byte[0]) : file.small() ? file.part(offset, length) : hashing(offset, length);
    }

    private Body hashing(long offset, long length) {
        Body part = file.part(offset, length);
        return new Body() {
            @Override
            public long length() {
                return part.length();
            }

            @Override
            public InputStream open() throws IOException, InterruptedException {
                InputStream bytes = part.open();
                if (offset == 0) {
                    // From the start again: what passed before may have been wrong.
                    hasher.reset();
                    hashed = 0;
                }
                return new Passing(bytes, offset);
            }
        };
    }

    /// The SHA-512 of all of it. What was not sent, since the registry had it, is read now.
    Digest sha512() throws InterruptedException {
        if (file.small()) {
            return file.sha512();
        }
        try (InputStream rest = hashed < file.size() ? from(hashed).open() : InputStream.nullInputStream()) {
            rest.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new StoreException("hash " + file.sha256() + ": " + e.getMessage(), e);
        }
        return Digest.of(Digest.Algorithm.SHA512, hasher);
    }

    /// Bytes that are hashed, once each, as they are read.
    private final class Passing extends FilterInputStream {
        private long at;

        Passing(InputStream in, long at) {
            super(in);
            this.at = at;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int n = super.read(into, from, length);
            if (n > 0) {
                int known = Math.clamp(hashed - at, 0, n);
                hasher.update(into, from + known, n - known);
                at += n;
                hashed = Math.max(hashed, at);
            }
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            return readNBytes((int) Math.min(n, 8192)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
