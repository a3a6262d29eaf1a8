// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.folder;

import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A file as it is at this moment.
record Snapshot(StoredFile file) {
    /// @return empty when there is none
    static Optional<Snapshot> of(Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        String state = state(attributes);
        return Optional.of(new Snapshot(new StoredFile(
                attributes.size(), Recorded.sum(path, state), Sums.none(), state + " " + attributes.fileKey())));
    }

    /// What changes with the content, and stays when the file is moved.
    static String state(BasicFileAttributes attributes) {
        return attributes.size() + " " + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    /// Reads all of it.
    static Digest hash(Path path) throws IOException {
        MessageDigest hash = Digest.Algorithm.SHA256.hasher();
        byte[] buffer = new byte[64 << 10];
        try (InputStream in = Files.newInputStream(path)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
            }
        }
        return Digest.of(Digest.Algorithm.SHA256, hash);
    }
}
