// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.store;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// Bytes by their digest, shared by all repositories. What is in here is complete and was checked as it was written.
public final class Contents {
    private final Disk disk;

    Contents(Disk disk) {
        this.disk = disk;
    }

    /// Where these bytes are or would be.
    public Path file(Digest digest) {
        String hex = digest.hex();
        return disk.root()
                .resolve("blobs")
                .resolve(label(digest))
                .resolve(hex.substring(0, 2))
                .resolve(hex);
    }

    /// Their number, or nothing where they are not there.
    public Optional<Long> size(Digest digest) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file(digest), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(attributes.size()) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// All of them. For manifests: they are small.
    ///
    /// @throws NoSuchFileException when they are not there
    public byte[] read(Digest digest) throws IOException {
        return Files.readAllBytes(file(digest));
    }

    /// A place to write bytes whose digest is checked at the end.
    public Draft draft(Digest.Algorithm algorithm) {
        return new Draft(this, disk, algorithm);
    }

    /// Adds these bytes.
    public Digest add(Digest.Algorithm algorithm, byte[] bytes) throws IOException {
        Digest digest = Digest.of(algorithm, algorithm.hasher().digest(bytes));
        if (size(digest).isEmpty()) {
            try (Draft draft = draft(algorithm)) {
                draft.write(bytes, 0, bytes.length);
                draft.commit(digest);
            }
        }
        return digest;
    }

    static String label(Digest digest) {
        return digest.algorithm() == Digest.Algorithm.SHA256 ? "sha256" : "sha512";
    }
}
