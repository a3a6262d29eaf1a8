// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.Sources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Files below a folder in the order of a walk: by folder, each level by name.
public final class Walk {
    /// How many folders below the one that is walked.
    private static final int DEEPEST = 2;

    private Walk() {}

    /// How paths of a walk follow each other.
    public static Comparator<String> order() {
        return Comparator.comparing(path -> path.split("/", -1), Walk::compare);
    }

    private static int compare(String[] one, String[] other) {
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            int order = one[i].compareTo(other[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.length, other.length);
    }

    /// Whether a walk of a folder comes to this file.
    ///
    /// @param path from the root
    /// @param name that the file must have
    public static boolean comesTo(String path, String folder, String name) {
        if (!path.startsWith(folder + "/")) {
            return false;
        }
        String below = path.substring(folder.length() + 1);
        boolean near = below.chars().filter(c -> c == '/').count() <= DEEPEST;
        return near && (below.equals(name) || below.endsWith("/" + name));
    }

    /// Reads file by file what a walk comes to.
    ///
    /// @param paths of all files, from the root
    public static List<SourceFile> read(Sources sources, CommitId at, List<String> paths, String folder, String name)
            throws InterruptedException {
        List<SourceFile> files = new ArrayList<>();
        List<String> walked = paths.stream()
                .filter(path -> comesTo(path, folder, name))
                .sorted(order())
                .toList();
        for (String path : walked) {
            files.add(sources.file(at, path)
                    .orElseThrow(() -> new ForgeException("read " + path + " at " + at.brief() + ": it is no file")));
        }
        return files;
    }
}
