// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder that is listed, with a place for what becomes of each name in it. Threads fill the places, each its
/// own; who sorts looks at the names alone, so that it need not wait for them.
final class Listed {
    private static final Comparator<Entry> BY_NAME = (a, b) -> byBytes(a.name, b.name);

    private final Path folder;
    private final String prefix;
    private List<Entry> entries = List.of();

    /// @param prefix what names in it begin with, its slash included; empty for the base
    Listed(Path folder, String prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    /// A name, and what was found there: a file, a folder, or nothing that counts.
    static final class Entry {
        private final String name;
        private byte @Nullable [] file;
        private @Nullable Listed below;

        Entry(String name) {
            this.name = name;
        }

        /// @param hashed what a manifest says of it
        void is(byte[] hashed) {
            file = hashed;
        }

        void is(Listed listed) {
            below = listed;
        }
    }

    /// A name that was just found.
    ///
    /// @param path kept until it is looked at, and no longer
    record Found(Path path, Entry entry) {}

    Path folder() {
        return folder;
    }

    /// Below the base.
    String name(Entry entry) {
        return prefix + entry.name;
    }

    Listed below(Path path, Entry entry) {
        return new Listed(path, name(entry) + "/");
    }

    /// @param all names in it, in any order; sorted here
    void hold(List<Entry> all) {
        List<Entry> sorted = new ArrayList<>(all);
        sorted.sort(BY_NAME);
        entries = sorted;
    }

    /// Adds its files and those below it in the order of a walk: by name, part for part.
    void addTo(List<byte[]> files) {
        for (Entry entry : entries) {
            if (entry.file != null) {
                files.add(entry.file);
            } else if (entry.below != null) {
                entry.below.addTo(files);
            }
        }
    }

    /// As the bytes of UTF-8 compare.
    static int byBytes(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Integer.compare(rank(x), rank(y));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /// Halves of pairs stand for what comes after all that needs no pair.
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
