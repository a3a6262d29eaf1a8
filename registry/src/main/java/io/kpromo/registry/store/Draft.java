// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.store;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Bytes on their way in: hashed as they are written, seen by nobody until [#commit]. Closed without it, nothing stays.
/// For one thread at a time.
public final class Draft implements AutoCloseable {
    private static final int BUFFER = 128 << 10;

    private final Contents contents;
    private final Disk disk;
    private final Path file;
    private final Digest.Algorithm algorithm;
    private final MessageDigest hasher;
    private @Nullable FileChannel out;
    private long size;

    Draft(Contents contents, Disk disk, Digest.Algorithm algorithm) {
        this.contents = contents;
        this.disk = disk;
        this.file = disk.unfinished();
        this.algorithm = algorithm;
        this.hasher = algorithm.hasher();
    }

    /// Bytes written so far.
    public long size() {
        return size;
    }

    public void write(byte[] bytes, int offset, int length) throws IOException {
        FileChannel open = open();
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (buffer.hasRemaining()) {
                open.write(buffer, size + buffer.position() - offset);
            }
        } catch (IOException e) {
            // Told apart from a sender that went away: a full disk is to be answered.
            throw new FileSystemException(file.toString(), null, e.getMessage());
        }
        hasher.update(bytes, offset, length);
        size += length;
    }

    /// Writes all of it. What came before it broke off has been written.
    public void write(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            write(buffer, 0, count);
        }
    }

    /// Forgets what was written after the first `length` bytes.
    public void cutTo(long length) throws IOException {
        if (length == size) {
            return;
        }
        open().truncate(length);
        rehash(hasher);
        size = length;
    }

    /// Lets go of the file between two requests; the next write opens it again.
    public void rest() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    /// Puts the bytes into their place.
    ///
    /// @throws WrongDigestException when they are not what they were to be
    public void commit(Digest expected) throws IOException, WrongDigestException {
        FileChannel open = open();
        Digest actual = expected.algorithm() == algorithm
                ? Digest.of(algorithm, hasher)
                : Digest.of(expected.algorithm(), rehash(expected.algorithm().hasher()));
        if (!actual.equals(expected)) {
            throw new WrongDigestException(expected, actual, size);
        }
        disk.force(open);
        rest();
        disk.rename(file, contents.file(expected));
    }

    private MessageDigest rehash(MessageDigest into) throws IOException {
        into.reset();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                into.update(buffer, 0, count);
            }
        }
        return into;
    }

    private FileChannel open() throws IOException {
        if (out == null) {
            out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        }
        return out;
    }

    @Override
    public void close() throws IOException {
        rest();
        Files.deleteIfExists(file);
    }
}
