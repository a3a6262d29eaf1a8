// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.folder;

import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/// A file that is being written beside its place. It is locked as long as it is, so that nobody takes it for what a
/// dead run left.
final class Draft implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final Path path;
    private final FileChannel channel;

    /// @param channel open for writing and locked
    Draft(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Takes all bytes, which come only when they are right, and brings them to the disk.
    void fill(Incoming file) throws IOException, InterruptedException {
        long written = 0;
        if (file.size() > 0) {
            try (InputStream in = file.part(0, file.size()).open()) {
                byte[] buffer = new byte[BUFFER];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                    while (bytes.hasRemaining()) {
                        written += channel.write(bytes);
                    }
                }
            }
        }
        if (written != file.size()) {
            throw new StoreException("write " + path + ": got " + written + " of " + file.size() + " bytes");
        }
        channel.force(true);
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        Recorded.write(path, file.sha256(), Snapshot.state(attributes));
    }

    /// Gives it the name of its place, unless something has it.
    ///
    /// @return false when something has it
    boolean place(Path place) throws IOException {
        try {
            Files.createLink(place, path);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | IOException e) {
            // Some file systems have no links, and they say so in many ways (EPERM, ENOTSUP, ENOSYS): then a look has
            // to do. What else may be wrong, as rights or room, is in the way of the move too, which says so.
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            replace(place);
            return true;
        }
    }

    /// Gives it the name of its place, whatever has it.
    void replace(Path place) throws IOException {
        Files.move(path, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Takes away what has no other name.
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(path);
        } finally {
            channel.close();
        }
    }
}
