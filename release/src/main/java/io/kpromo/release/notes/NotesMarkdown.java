// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.notes;

import io.kpromo.release.text.Markdown;
import java.net.URI;
import java.util.stream.Collectors;

/// Notes as Markdown. What authors wrote stays Markdown, inside an item of a list that it cannot leave.
record NotesMarkdown(Notes notes) {
    String text() {
        StringBuilder out = new StringBuilder();
        for (NoteSection section : notes.sections()) {
            out.append("## ").append(Markdown.escaped(section.title())).append("\n\n");
            section.notes().forEach(note -> out.append(item(note)));
            out.append('\n');
        }
        if (!notes.dependencies().isEmpty()) {
            out.append("## Dependencies\n\n");
            notes.dependencies().forEach(change -> out.append(item(change)));
            out.append('\n');
        }
        if (!notes.contributors().isEmpty()) {
            out.append("## Contributors\n\nThank you: ")
                    .append(notes.contributors().stream().map(Markdown::escaped).collect(Collectors.joining(", ")))
                    .append(".\n");
        }
        return out.isEmpty() ? "Nothing in this release changes anything for users.\n" : out.toString();
    }

    private static String item(Note note) {
        String text = NoteText.contained(note.text());
        String from = "([#" + note.number() + "](" + note.web() + "), " + person(note) + ")";
        String last = text.lines().reduce((_, line) -> line).orElse("");
        boolean code = last.strip().startsWith("```") || last.strip().startsWith("~~~");
        return "- " + text.replace("\n", "\n  ") + (code ? "\n\n  " : " ") + from + "\n";
    }

    /// A link rather than a mention: nobody is called by the notes of each release.
    private static String person(Note note) {
        URI web = note.web();
        String name = "[@" + Markdown.escaped(note.author()) + "]";
        return Notes.isProgram(note.author()) || note.author().contains("/")
                ? Markdown.escaped(note.author())
                : name + "(" + web.getScheme() + "://" + web.getRawAuthority() + "/" + pathPart(note.author()) + ")";
    }

    private static String pathPart(String login) {
        return login.codePoints()
                .filter(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String item(DependencyChange change) {
        String requests =
                change.pullRequests().stream().map(number -> "#" + number).collect(Collectors.joining(", "));
        String step = change.to().isEmpty()
                ? Markdown.escaped(change.name())
                : Markdown.code(change.name()) + ": " + Markdown.escaped(change.from()) + " → "
                        + Markdown.escaped(change.to());
        return "- " + step + " (" + requests + ")\n";
    }
}
