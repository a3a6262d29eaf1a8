// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.ForgeException;
import io.kpromo.oci.http.Body;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file on disk, sent as it is read.
public record FileBody(Path file, long length) implements Body {
    /// @throws ForgeException when it can't be read
    public static FileBody of(Path file) {
        try {
            return new FileBody(file, Files.size(file));
        } catch (IOException e) {
            throw new ForgeException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }
}
