// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A file of a repository at some commit.
public final class SourceFile {
    private final String path;
    private final byte[] content;

    private SourceFile(String path, byte[] content) {
        this.path = path;
        this.content = content;
    }

    /// @param path from the root, with `/`
    public static SourceFile of(String path, byte[] content) {
        return new SourceFile(path, content.clone());
    }

    /// A file that is UTF-8.
    public static SourceFile of(String path, String text) {
        return new SourceFile(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /// From the root, with `/`.
    public String path() {
        return path;
    }

    /// In bytes.
    public int size() {
        return content.length;
    }

    public byte[] bytes() {
        return content.clone();
    }

    /// Its text, where it is UTF-8.
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceFile file && file.path.equals(path) && Arrays.equals(file.content, content);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return path + " (" + content.length + " bytes)";
    }
}
