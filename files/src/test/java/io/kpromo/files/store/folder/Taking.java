// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.folder;

import io.kpromo.oci.client.BlobIntake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Takes what is read.
final class Taking implements BlobIntake {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final int start;

    Taking(int start) {
        this.start = start;
    }

    @Override
    public long offset() {
        return (long) start + all.size();
    }

    @Override
    public void take(InputStream more) throws IOException {
        more.transferTo(all);
    }

    String text() {
        return all.toString(StandardCharsets.UTF_8);
    }
}
