// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

/// A tag: 1 to 128 ASCII letters, digits, `_`, `.`, `-`, the first neither `.` nor `-`.
/// Distribution-spec 1.1, "Pulling manifests".
///
/// @param text as it was written
public record Tag(String text) implements Reference, Comparable<Tag> {
    public Tag {
        if (!Grammar.isTag(text)) {
            throw new InvalidNameException("tag", text, "up to 128 of A-Z a-z 0-9 _ . -, not starting with . or -");
        }
    }

    @Override
    public int compareTo(Tag other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
