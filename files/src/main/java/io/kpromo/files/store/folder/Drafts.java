// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Makes files to write to, and takes away those that killed runs have left.
final class Drafts {
    private static final String BEGIN = ".kpromo-";
    private static final String END = ".part";
    private static final int UUID_LENGTH = 36;

    /// Folders that were looked through for leftovers.
    private final Set<Path> swept = ConcurrentHashMap.newKeySet();

    /// Whether a path is named like a file on its way.
    static boolean isDraft(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith(BEGIN)
                && name.endsWith(END)
                && name.length() == BEGIN.length() + UUID_LENGTH + END.length();
    }

    /// A new file in the folder of that place.
    Draft begin(Path place) throws IOException {
        Path folder = Optional.ofNullable(place.getParent()).orElseThrow();
        if (swept.add(folder)) {
            sweep(folder);
        }
        while (true) {
            Path path = folder.resolve(BEGIN + UUID.randomUUID() + END);
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            // Another run may take it for a leftover until it is locked; then there is nothing to write to.
            if (locks(channel, true) && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return new Draft(path, channel);
            }
            channel.close();
        }
    }

    private static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, BEGIN + "*" + END)) {
            for (Path leftover : leftovers) {
                takeAway(leftover);
            }
        }
    }

    private static void takeAway(Path leftover) throws IOException {
        if (!isDraft(leftover) || !Files.isRegularFile(leftover, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(leftover, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (locks(channel, false)) {
                Files.deleteIfExists(leftover);
            }
        } catch (NoSuchFileException e) {
            // Its run is alive, and has just given it its name.
        }
    }

    /// @param unknown where the file system has no locks
    /// @return whether nobody else has it; it is ours until the channel is closed
    private static boolean locks(FileChannel channel, boolean unknown) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return unknown;
        }
    }
}
