// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.tuf;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// What was trusted last time, in a folder: so that nobody can lead us back behind it.
///
/// @param folder is made when there is something to keep
record TufCache(Path folder) {
    Optional<Bytes> read(String name) {
        try {
            return Optional.of(Bytes.of(Files.readAllBytes(folder.resolve(name))));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new TrustException("the cached " + name + " can't be read in " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Whole or not at all, whoever else writes at the same time.
    void write(String name, Bytes content) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, name, ".part");
            try {
                Files.write(part, content.array());
                move(part, folder.resolve(name));
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new TrustException(name + " can't be kept in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    void forget(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new TrustException(name + " can't be removed from " + folder + ": " + e.getMessage(), e);
        }
    }
}
