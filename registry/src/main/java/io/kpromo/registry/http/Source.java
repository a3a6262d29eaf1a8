// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// Reads any part of a content into memory.
interface Source extends Closeable {
    /// Exactly these bytes, in an array of their own.
    byte[] read(long from, int length) throws IOException;

    static Source of(Content content) throws IOException {
        return switch (content) {
            case Content.Bytes(byte[] bytes) -> new InMemory(bytes);
            case Content.Part part -> new InFile(part.from(), FileChannel.open(part.file(), StandardOpenOption.READ));
        };
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record InMemory(byte[] bytes) implements Source {
        @Override
        public byte[] read(long from, int length) {
            return Arrays.copyOfRange(bytes, (int) from, (int) from + length);
        }

        @Override
        public void close() {}
    }

    record InFile(long start, FileChannel file) implements Source {
        @Override
        public byte[] read(long from, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining()) {
                if (file.read(buffer, start + from + buffer.position()) < 0) {
                    throw new EOFException("the file is shorter than it was");
                }
            }
            return buffer.array();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
