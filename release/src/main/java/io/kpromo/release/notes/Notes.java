// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.notes;

import io.kpromo.forge.MergedPullRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The notes of a release.
///
/// A pull request tells users what its body has in fenced blocks `release-note` or `release-notes`; `NONE` and the
/// like, or the label `release-note-none`, mean nothing. Notes are sorted into sections by the labels `kind/…`;
/// those with the label `release-note-action-required` come first of all.
///
/// @param from the version before
/// @param to what is released
/// @param sections those that have notes, the most urgent first
/// @param dependencies that changed
/// @param contributors logins of people, without programs
/// @param silent numbers of pull requests that say neither what changed for users nor that nothing did
public record Notes(
        String from,
        String to,
        List<NoteSection> sections,
        List<DependencyChange> dependencies,
        List<String> contributors,
        List<Long> silent) {
    public Notes {
        sections = List.copyOf(sections);
        dependencies = List.copyOf(dependencies);
        contributors = List.copyOf(contributors);
        silent = List.copyOf(silent);
    }

    /// Pure: the same pull requests give the same notes.
    ///
    /// @param merged in the order in which they were merged; those that come twice count once
    public static Notes of(String from, String to, List<MergedPullRequest> merged) {
        Map<Long, MergedPullRequest> byNumber = new LinkedHashMap<>();
        merged.forEach(request -> byNumber.putIfAbsent(request.number(), request));
        Map<NoteKind, List<Note>> byKind = new LinkedHashMap<>();
        List<Long> silent = new ArrayList<>();
        TreeSet<String> people = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (MergedPullRequest request : byNumber.values()) {
            if (!isProgram(request.author())) {
                people.add(request.author());
            }
            NoteBlocks blocks = NoteBlocks.in(request.body());
            if (request.labels().contains("release-note-none")) {
                continue;
            }
            if (!blocks.present() && !DependencyTitles.isAboutOne(request)) {
                silent.add(request.number());
            }
            List<Note> notes = byKind.computeIfAbsent(NoteKind.of(request.labels(), blocks), _ -> new ArrayList<>());
            blocks.texts()
                    .forEach(text -> notes.add(new Note(text, request.number(), request.author(), request.web())));
        }
        return new Notes(
                from, to, sections(byKind), DependencyTitles.changes(byNumber.values()), List.copyOf(people), silent);
    }

    /// For a page on the forge.
    public String markdown() {
        return new NotesMarkdown(this).text();
    }

    /// For programs; docs/release-notes.md describes it.
    public String json() {
        return NotesJson.of(this);
    }

    /// Whether an account is a program's, as forges and the best known of them are called.
    static boolean isProgram(String login) {
        return login.endsWith("[bot]")
                || List.of("dependabot", "renovate", "k8s-ci-robot").contains(login);
    }

    private static List<NoteSection> sections(Map<NoteKind, List<Note>> byKind) {
        Collection<NoteKind> kinds = new TreeSet<>(byKind.keySet());
        return kinds.stream()
                .map(kind -> new NoteSection(kind.word(), kind.title(), byKind.getOrDefault(kind, List.of())))
                .filter(section -> !section.notes().isEmpty())
                .toList();
    }
}
