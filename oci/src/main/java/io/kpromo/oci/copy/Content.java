// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.feed.Supply;
import io.kpromo.oci.http.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Where the bytes of a blob that is sent come from.
public interface Content {
    /// Waits until the whole blob is in memory.
    ///
    /// @return false where it has to be read while it is sent
    boolean awaitAll() throws InterruptedException;

    /// The bytes from `offset` to the end; opened as often as they have to be sent.
    Body from(long offset);

    /// Bytes that are read once for many.
    static Content of(Supply supply) {
        return new Content() {
            @Override
            public boolean awaitAll() throws InterruptedException {
                return supply.awaitAll();
            }

            @Override
            public Body from(long offset) {
                return supply.from(offset);
            }
        };
    }

    /// Bytes that are brought into memory when they are needed.
    static Content of(Artifacts.Source source, long size) {
        return new Content() {
            @Override
            public boolean awaitAll() throws InterruptedException {
                source.bytes();
                return true;
            }

            @Override
            public Body from(long offset) {
                return new Body() {
                    @Override
                    public long length() {
                        return size - offset;
                    }

                    @Override
                    public InputStream open() throws IOException, InterruptedException {
                        InputStream bytes = new ByteArrayInputStream(source.bytes());
                        bytes.skipNBytes(offset);
                        return bytes;
                    }
                };
            }
        };
    }
}
