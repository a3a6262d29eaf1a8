// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Reads and writes files below one folder, whole or not at all, and follows no link out of it.
final class Disk {
    private final Path root;
    private final Path unfinished;
    private final boolean durable;

    /// @param root without links in it
    /// @param unfinished where files are written before they are renamed; on the same file system
    /// @param durable whether each write has reached the disk before it counts
    Disk(Path root, Path unfinished, boolean durable) {
        this.root = root;
        this.unfinished = unfinished;
        this.durable = durable;
    }

    Path root() {
        return root;
    }

    /// A name that nobody else uses, for a file that is not complete yet.
    Path unfinished() {
        return unfinished.resolve(UUID.randomUUID().toString());
    }

    boolean exists(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        refuseLinks(file);
        return true;
    }

    Optional<String> readText(Path file) throws IOException {
        try {
            refuseLinks(file);
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// Names in a folder, in no order; none where there is no such folder.
    List<String> list(Path folder) throws IOException {
        try {
            refuseLinks(folder);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /// A file whose name says everything. Does nothing where it is there already.
    void mark(Path file) throws IOException {
        Path folder = folderFor(file);
        try {
            Files.createFile(file);
            sync(folder);
        } catch (FileAlreadyExistsException e) {
            // Somebody was quicker, with the same.
        }
    }

    /// Replaces the file's text at once.
    void write(Path file, String text) throws IOException {
        Path temporary = unfinished();
        try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            force(out);
        }
        rename(temporary, file);
    }

    /// Puts a complete file into its place, replacing what is there.
    void rename(Path complete, Path file) throws IOException {
        try {
            Path folder = folderFor(file);
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
        } finally {
            Files.deleteIfExists(complete);
        }
    }

    boolean delete(Path file) throws IOException {
        try {
            refuseLinks(parent(file));
        } catch (NoSuchFileException e) {
            return false;
        }
        boolean deleted = Files.deleteIfExists(file);
        if (deleted) {
            sync(parent(file));
        }
        return deleted;
    }

    void force(FileChannel out) throws IOException {
        if (durable) {
            out.force(true);
        }
    }

    /// The folder that the file goes into, made where it is missing.
    private Path folderFor(Path file) throws IOException {
        Path folder = parent(file);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            makeFolders(folder);
        }
        refuseLinks(folder);
        return folder;
    }

    /// From the top, looking at each step, so that nothing is made behind a link.
    private void makeFolders(Path folder) throws IOException {
        if (folder.equals(root)) {
            return;
        }
        Path parent = parent(folder);
        if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
            makeFolders(parent);
        }
        refuseLinks(parent);
        try {
            Files.createDirectory(folder);
            sync(parent);
        } catch (FileAlreadyExistsException e) {
            // Somebody was quicker, or it is a link, which the caller refuses.
        }
    }

    /// A link below the root could lead anywhere: none is followed.
    ///
    /// @throws NoSuchFileException when there is no such file
    private void refuseLinks(Path file) throws IOException {
        if (!file.toRealPath().equals(file)) {
            throw new FileSystemException(
                    root.relativize(file).toString(), null, "it is reached through a link; this registry follows none");
        }
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "everything here is below a folder");
    }

    private void sync(Path folder) throws IOException {
        if (durable) {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }
}
