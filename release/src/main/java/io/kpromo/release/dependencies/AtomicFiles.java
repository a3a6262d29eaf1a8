// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Replaces several files so that readers see the old or the new one, and a failure leaves the old ones.
final class AtomicFiles {
    /// @param before what must be there still
    record Content(TextFile before, TextFile after) {
        Path path() {
            return after.path();
        }
    }

    private record Staged(Path from, Content content) {}

    private AtomicFiles() {}

    static void replace(List<Content> contents) {
        List<Staged> staged = new ArrayList<>();
        List<Content> replaced = new ArrayList<>();
        try {
            for (Content content : contents) {
                check(content);
                staged.add(stage(content, content.after()));
            }
            for (Staged file : staged) {
                move(file);
                replaced.add(file.content());
            }
        } catch (IOException e) {
            replaced.forEach(content -> putBack(content, e));
            throw new UncheckedIOException(e);
        } finally {
            staged.forEach(file -> file.from().toFile().delete());
        }
    }

    private static void check(Content content) throws IOException {
        if (!Arrays.equals(Files.readAllBytes(content.path()), content.before().bytes())) {
            throw new IOException(content.path() + " was changed meanwhile; nothing was written, try again");
        }
    }

    private static Staged stage(Content content, TextFile text) throws IOException {
        Path folder = content.path().toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(content.path() + " has no folder");
        }
        Path file = Files.createTempFile(folder, ".kpromo-", ".tmp");
        try {
            Files.write(file, text.bytes());
            PosixFileAttributeView to = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (to != null) {
                to.setPermissions(Files.getPosixFilePermissions(content.path()));
            }
            return new Staged(file, content);
        } catch (IOException e) {
            Files.delete(file);
            throw e;
        }
    }

    private static void move(Staged file) throws IOException {
        Files.move(
                file.from(),
                file.content().path(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void putBack(Content content, IOException because) {
        try {
            move(stage(content, content.before()));
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }
}
