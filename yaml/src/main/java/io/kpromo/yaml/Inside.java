// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.yaml;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Sees that files lie inside a tree also after links are followed: a reviewed tree must not read what nobody
/// reviewed.
public final class Inside {
    private final Path realRoot;
    private final Problems problems;

    private Inside(Path realRoot, Problems problems) {
        this.realRoot = realRoot;
        this.problems = problems;
    }

    /// @throws InvalidInputException when there is no such folder
    public static Inside of(Path root, Problems problems) {
        try {
            return new Inside(root.toRealPath(), problems);
        } catch (IOException e) {
            problems.add(Place.of(root.toString()), "does not exist or cannot be read; want a folder");
            problems.throwIfAny();
            throw new IllegalStateException("not reached", e);
        }
    }

    /// Whether it does; if not, that is a problem.
    public boolean holds(Path path) {
        try {
            Path real = path.toRealPath();
            if (real.startsWith(realRoot)) {
                return true;
            }
            problems.add(Place.of(path.toString()), "is a link out of the tree, to " + real + "; put a copy there");
        } catch (NoSuchFileException e) {
            problems.add(Place.of(path.toString()), "is a link to nothing; mend or remove it");
        } catch (IOException e) {
            problems.add(Place.of(path.toString()), "cannot be read: " + e.getMessage());
        }
        return false;
    }
}
