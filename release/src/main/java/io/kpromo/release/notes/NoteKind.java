// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.notes;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a note is about. Ordered by how much users need to know it; kinds that are not known come before those
/// without a kind, by name.
record NoteKind(String word) implements Comparable<NoteKind> {
    private static final String LABEL = "kind/";
    private static final Map<String, String> TITLES = titles();
    private static final List<String> ORDER = List.copyOf(TITLES.keySet());

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("action-required", "Before you upgrade");
        titles.put("deprecation", "Deprecations");
        titles.put("api-change", "API changes");
        titles.put("feature", "Features");
        titles.put("bug", "Bug fixes");
        titles.put("design", "Design");
        titles.put("documentation", "Documentation");
        titles.put("failing-test", "Failing tests");
        return titles;
    }

    /// The most urgent of all kinds that a pull request has.
    static NoteKind of(List<String> labels, NoteBlocks blocks) {
        if (labels.contains("release-note-action-required") || blocks.actionRequired()) {
            return new NoteKind("action-required");
        }
        return labels.stream()
                .filter(label -> label.startsWith(LABEL))
                .map(label ->
                        new NoteKind(merged(label.substring(LABEL.length()).toLowerCase(Locale.ROOT))))
                .min(Comparator.naturalOrder())
                .orElse(new NoteKind(""));
    }

    /// Kinds that share a title share a section.
    private static String merged(String kind) {
        return switch (kind) {
            case "regression" -> "bug";
            case "flake", "cleanup" -> "";
            default -> kind;
        };
    }

    String title() {
        return word.isEmpty() ? "Other changes" : TITLES.getOrDefault(word, word);
    }

    private int rank() {
        int known = ORDER.indexOf(word);
        return known >= 0 ? known : word.isEmpty() ? ORDER.size() + 1 : ORDER.size();
    }

    @Override
    public int compareTo(NoteKind other) {
        int byRank = Integer.compare(rank(), other.rank());
        return byRank != 0 ? byRank : word.compareTo(other.word);
    }
}
