// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.notes;

import java.util.List;

/// Notes of one kind.
///
/// @param kind of the label `kind/…`, `action-required`, or empty for those without a kind
public record NoteSection(String kind, String title, List<Note> notes) {
    public NoteSection {
        notes = List.copyOf(notes);
    }
}
