// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.notes;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Notes for programs.
final class NotesJson {
    private NotesJson() {}

    static String of(Notes notes) {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("from", notes.from()).put("to", notes.to());
        ArrayNode sections = root.putArray("sections");
        for (NoteSection section : notes.sections()) {
            ArrayNode items = sections.addObject()
                    .put("kind", section.kind())
                    .put("title", section.title())
                    .putArray("notes");
            for (Note note : section.notes()) {
                items.addObject()
                        .put("text", note.text())
                        .put("number", note.number())
                        .put("author", note.author())
                        .put("url", note.web().toString());
            }
        }
        ArrayNode dependencies = root.putArray("dependencies");
        for (DependencyChange change : notes.dependencies()) {
            numbers(
                    dependencies
                            .addObject()
                            .put("name", change.name())
                            .put("from", change.from())
                            .put("to", change.to())
                            .putArray("pullRequests"),
                    change.pullRequests());
        }
        ArrayNode contributors = root.putArray("contributors");
        notes.contributors().forEach(contributors::add);
        numbers(root.putArray("silent"), notes.silent());
        return root.toPrettyString() + "\n";
    }

    private static void numbers(ArrayNode into, List<Long> numbers) {
        numbers.forEach(into::add);
    }
}
