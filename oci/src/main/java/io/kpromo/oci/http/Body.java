// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What a request sends. [#open] is called once a try: a body that cannot be sent twice says so there.
public interface Body {
    /// Bytes, 0 or more; sent as `Content-Length`.
    long length();

    /// The bytes from the first; closed by the transport.
    ///
    /// @throws IOException when they can't be had (again)
    InputStream open() throws IOException, InterruptedException;

    /// Bytes in memory, which can be sent as often as need be.
    static Body of(byte[] bytes) {
        return new Body() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }
}
