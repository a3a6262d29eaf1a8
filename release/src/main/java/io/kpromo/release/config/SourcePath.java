// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.oci.InvalidNameException;
import java.nio.file.Path;

/// A file or folder of a repository, from its root, with `/` between names. Cannot lead out of it by itself;
/// whether a link does is seen when it is opened.
public record SourcePath(String text) implements Comparable<SourcePath> {
    private static final int LONGEST = 4096;

    /// @throws InvalidNameException when it leads out of the repository or into `.git`
    public SourcePath {
        boolean fine = !text.isEmpty() && text.length() <= LONGEST && text.indexOf('\\') < 0;
        for (String part : text.split("/", -1)) {
            fine &= !part.isEmpty() && !part.equals(".") && !part.equals("..") && !part.equalsIgnoreCase(".git");
        }
        if (!fine || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidNameException("path", text, "a path from the root of the repository, as in docs/a.md");
        }
    }

    /// Reads a path as people write them, also with `./` in front, `//` inside or `/` behind.
    ///
    /// @throws InvalidNameException when it leads out of the repository or into `.git`
    public static SourcePath of(String text) {
        String path = text.replaceAll("/(\\./)+", "/").replaceAll("//+", "/").replaceFirst("^(\\./)+", "");
        return new SourcePath(path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path);
    }

    /// Where it is below a working tree.
    public Path in(Path root) {
        return root.resolve(text);
    }

    @Override
    public int compareTo(SourcePath other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
