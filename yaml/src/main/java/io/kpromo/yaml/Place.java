// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.yaml;

/// A place in a file, as an editor counts: lines and columns from 1. A column counts Unicode characters.
///
/// @param file as the user named it, or as it was found below what the user named
/// @param line 1 or more, or 0 where the file as a whole is meant
/// @param column 1 or more, or 0 where the line as a whole is meant
public record Place(String file, int line, int column) implements Comparable<Place> {
    /// The file as a whole.
    public static Place of(String file) {
        return new Place(file, 0, 0);
    }

    @Override
    public int compareTo(Place other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    /// `file:line:column`, which editors and CI systems make a link of.
    @Override
    public String toString() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
