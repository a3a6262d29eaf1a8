// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.yaml;

/// Something that is wrong, or deserves a look, at a place in a file.
///
/// @param text what is wrong and what to do about it, one line
public record Problem(Place place, String text) implements Comparable<Problem> {
    @Override
    public int compareTo(Problem other) {
        int byPlace = place.compareTo(other.place);
        return byPlace != 0 ? byPlace : text.compareTo(other.text);
    }

    /// `file:line:column: text`
    @Override
    public String toString() {
        return place + ": " + text;
    }
}
