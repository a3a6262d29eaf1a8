// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.nio.file.Path;

/// What an answer carries.
public sealed interface Content {
    Content NONE = new Bytes(new byte[0]);

    /// In bytes.
    long length();

    /// Bytes in memory, not to be changed any more.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] bytes) implements Content {
        @Override
        public long length() {
            return bytes.length;
        }
    }

    /// A part of a file, handed from disk to network by the kernel.
    ///
    /// @param from the first byte, from 0
    /// @param length in bytes
    record Part(Path file, long from, long length) implements Content {}
}
