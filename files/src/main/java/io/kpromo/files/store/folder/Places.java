// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.folder;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.StoreException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Where files lie, seen to it that no link leads out of the folder.
final class Places {
    private final Base base;
    private final Path root;
    /// The real paths of folders that were looked into: many files lie in few.
    private final ConcurrentMap<Path, Path> folders = new ConcurrentHashMap<>();

    Places(Base base) {
        this.base = base;
        this.root = path(base.path());
    }

    /// Whether the folder is there.
    boolean exist() {
        return Files.isDirectory(root);
    }

    /// The real path of a file.
    ///
    /// @return empty when there is none
    /// @throws StoreException when it lies outside, or is no file
    Optional<Path> existing(FileName name) throws IOException {
        Path place = resolve(name);
        try {
            Path folder = realFolder(name, parent(place));
            Path file = folder.resolve(place.getFileName());
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isSymbolicLink()) {
                file = file.toRealPath();
                inside(name, file);
                found = Files.readAttributes(file, BasicFileAttributes.class);
            }
            if (!found.isRegularFile()) {
                throw new StoreException("look for " + base.url(name) + ": " + file + " is "
                        + (found.isDirectory() ? "a folder" : "no regular file"));
            }
            return Optional.of(file);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (String.valueOf(e.getReason()).equals("Not a directory")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Where a file is to lie; folders are made as far as they are missing.
    ///
    /// @throws StoreException when a link leads out of the base
    Path forWriting(FileName name) throws IOException {
        Path place = resolve(name);
        Path folder = parent(place);
        if (!folders.containsKey(folder)) {
            Files.createDirectories(root);
            make(name, folder);
        }
        return realFolder(name, folder).resolve(place.getFileName());
    }

    /// Makes it inside of what is inside: never through a link that leads out.
    private void make(FileName name, Path folder) throws IOException {
        if (folder.equals(root) || Files.isDirectory(folder)) {
            inside(name, folder.toRealPath());
            return;
        }
        make(name, parent(folder));
        Files.createDirectories(folder);
    }

    private Path realFolder(FileName name, Path folder) throws IOException {
        Path known = folders.get(folder);
        if (known != null) {
            return known;
        }
        Path real = folder.toRealPath();
        inside(name, real);
        folders.put(folder, real);
        return real;
    }

    private void inside(FileName name, Path real) throws IOException {
        if (!real.startsWith(root.toRealPath())) {
            throw new StoreException(base.url(name) + " leads out of its base by a link, to " + real
                    + "; put a file or a folder in its place");
        }
    }

    private static Path parent(Path path) {
        return Optional.ofNullable(path.getParent()).orElse(path);
    }

    private Path resolve(FileName name) {
        Path place = root.resolve(path(name.text())).normalize();
        if (!place.startsWith(root) || place.equals(root)) {
            throw new StoreException(base.url(name) + " leads out of its base");
        }
        if (Drafts.isDraft(place)) {
            throw new StoreException(base.url(name) + " has a name that this program gives to files on their way");
        }
        return place;
    }

    private Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new StoreException(
                    base + ": this machine can't write the name \"" + text + "\"; set LC_ALL=C.UTF-8 and run again", e);
        }
    }
}
