// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.artifact;

import io.kpromo.files.store.Incoming;
import io.kpromo.oci.copy.Content;
import io.kpromo.oci.http.Body;

/// A file on its way, as the content of a blob.
record IncomingContent(Incoming file) implements Content {
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
        return length == 0 ? Body.of(new byte[0]) : file.part(offset, length);
    }
}
