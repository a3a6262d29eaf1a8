// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.fake;

import io.kpromo.oci.client.BlobIntake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// Keeps what is read.
public final class Collecting implements BlobIntake {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public long offset() {
        return bytes.size();
    }

    @Override
    public void take(InputStream more) throws IOException {
        byte[] piece = new byte[1000];
        for (int n = more.read(piece); n >= 0; n = more.read(piece)) {
            bytes.write(piece, 0, n);
        }
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
