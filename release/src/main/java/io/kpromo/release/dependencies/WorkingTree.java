// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.release.config.SourcePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The files of a repository on this machine, each read once. For one thread.
public final class WorkingTree {
    /// The largest file that is looked at, in bytes.
    public static final int LARGEST = 64 << 20;

    private final Path root;
    private final Path realRoot;
    private final Map<SourcePath, TextFile> read = new HashMap<>();

    /// A file that cannot be looked at; the message says why and what to do.
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String fact;

        UnreadableException(String fact, String advice) {
            super(fact + "; " + advice);
            this.fact = fact;
        }

        /// The message without what to do.
        String fact() {
            return fact;
        }
    }

    private WorkingTree(Path root, Path realRoot) {
        this.root = root;
        this.realRoot = realRoot;
    }

    /// @throws UncheckedIOException when there is no such folder
    public static WorkingTree of(Path root) {
        try {
            return new WorkingTree(root, root.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file inside the tree, also after links are followed.
    ///
    /// @throws UnreadableException when it is missing, leads out of the tree, is binary or too large
    TextFile file(SourcePath path) throws UnreadableException {
        TextFile known = read.get(path);
        if (known == null) {
            known = open(path);
            read.put(path, known);
        }
        return known;
    }

    /// The same tree with other contents, of which nothing is written.
    WorkingTree with(Map<SourcePath, TextFile> contents) {
        WorkingTree other = new WorkingTree(root, realRoot);
        other.read.putAll(read);
        other.read.putAll(contents);
        return other;
    }

    private TextFile open(SourcePath path) throws UnreadableException {
        try {
            Path real = path.in(root).toRealPath();
            if (!real.startsWith(realRoot)) {
                throw new UnreadableException("is a link out of the repository, to " + real, "put a copy there");
            }
            if (!Files.isRegularFile(real)) {
                throw new UnreadableException("is no file", "name another one");
            }
            long size = Files.size(real);
            if (size > LARGEST) {
                throw new UnreadableException("has " + size + " bytes, more than " + LARGEST, "name another file");
            }
            TextFile file = TextFile.of(real, Files.readAllBytes(real));
            if (file.isBinary()) {
                throw new UnreadableException("is no text", "name another file");
            }
            return file;
        } catch (NoSuchFileException e) {
            throw new UnreadableException("does not exist", "mend the path, or remove it");
        } catch (IOException e) {
            throw new UnreadableException("cannot be read: " + e.getMessage(), "look at its permissions");
        }
    }
}
