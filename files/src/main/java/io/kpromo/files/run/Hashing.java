// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.oci.Digest;
import io.kpromo.oci.client.BlobIntake;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// Takes bytes for their sum alone.
final class Hashing implements BlobIntake {
    private final MessageDigest hash = Digest.Algorithm.SHA256.hasher();
    private final byte[] buffer = new byte[64 << 10];
    private long offset;

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public void take(InputStream more) throws IOException {
        for (int n = more.read(buffer); n >= 0; n = more.read(buffer)) {
            hash.update(buffer, 0, n);
            offset += n;
        }
    }

    Digest digest() {
        return Digest.of(Digest.Algorithm.SHA256, hash);
    }
}
