// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.folder;

import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.Sums;
import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Body;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;

/// A file that is in memory.
class FromMemory implements Incoming {
    private final byte[] content;

    FromMemory(byte[] content) {
        this.content = content;
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public Digest sha256() {
        return Digest.sha256(content);
    }

    @Override
    public boolean small() {
        return true;
    }

    @Override
    public Sums awaitAll() {
        return Sums.none();
    }

    @Override
    public Digest sha512() {
        return Digest.of(
                Digest.Algorithm.SHA512, Digest.Algorithm.SHA512.hasher().digest(content));
    }

    @Override
    public Body part(long offset, long length) {
        byte[] part = Arrays.copyOfRange(content, (int) offset, Math.min(content.length, (int) (offset + length)));
        return new Body() {
            @Override
            public long length() {
                return part.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(part);
            }
        };
    }
}
