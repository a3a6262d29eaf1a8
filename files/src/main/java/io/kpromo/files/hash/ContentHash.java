// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/// Hashes one file after the other; for one thread.
final class ContentHash {
    private static final int BUFFER = 256 << 10;
    private static final Set<OpenOption> HOW = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final HashingCounts counts;
    private final MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
    private final byte[] buffer = new byte[BUFFER];

    ContentHash(HashingCounts counts) {
        this.counts = counts;
    }

    /// @param path not that of a link: what became one since it was found is not followed
    /// @param found the file as it was found
    /// @return nothing where it was changed since
    Optional<Digest> hash(Path path, BasicFileAttributes found) throws IOException, InterruptedException {
        boolean whole = false;
        // Not a FileInputStream: it asks the system once more whether this is a folder, and follows links.
        try (FileChannel in = FileChannel.open(path, HOW)) {
            whole = read(in, found.size()) == found.size() && isOne(path, found);
        } catch (ClosedByInterruptException e) {
            // The thread is still marked as interrupted.
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (IOException e) {
            if (!Files.isSymbolicLink(path)) {
                throw e;
            }
        } finally {
            if (!whole) {
                hasher.reset();
            }
        }
        return whole ? Optional.of(Digest.of(Digest.Algorithm.SHA256, hasher)) : Optional.empty();
    }

    /// What takes one read is as it was at some moment. What takes more may be of two halves that never were one file.
    private static boolean isOne(Path path, BasicFileAttributes found) throws IOException {
        return found.size() < BUFFER || Files.getLastModifiedTime(path).equals(found.lastModifiedTime());
    }

    /// Reads to the end, which is where less comes than was asked for: one byte more than there should be is.
    private long read(FileChannel in, long expected) throws IOException, InterruptedException {
        long total = 0;
        while (true) {
            // Java copies through memory of its own; for small files it need not take as much as for large ones.
            int wanted = (int) Math.min(BUFFER, Math.max(0, expected - total) + 1);
            int n = in.read(ByteBuffer.wrap(buffer, 0, wanted));
            if (n > 0) {
                hasher.update(buffer, 0, n);
                counts.read(n);
                total += n;
            }
            if (n < 0 || (n < wanted && total == expected)) {
                return total;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
