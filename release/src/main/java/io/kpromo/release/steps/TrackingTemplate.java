// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.release.config.ReleaseConfig;
import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A template of issues as forges keep them in `.github/ISSUE_TEMPLATE`: Markdown, with YAML between two lines of
/// `---` in front of it, the front matter.
///
/// @param labels of the issue, by the front matter
/// @param assignees likewise
/// @param body Markdown, what follows the front matter
record TrackingTemplate(List<String> labels, List<String> assignees, String body) {
    private static final String FENCE = "---";

    /// What comes along, for projects without a template of their own: a box for each step that they have.
    static TrackingTemplate standard(ReleaseConfig config) {
        Map<String, Boolean> boxes = new LinkedHashMap<>();
        boxes.put("Release Prep", config.versions().isPresent());
        boxes.put("Validation", !config.canaries().isEmpty());
        boxes.put("Tag", true);
        boxes.put("Staged", !config.images().isEmpty());
        boxes.put("Image promotion", !config.images().isEmpty());
        boxes.put("Release", true);
        boxes.put("Rollout", !config.rollout().isEmpty());
        boxes.put("Announcement", !config.announcement().channels().isEmpty());
        StringBuilder body = new StringBuilder("## Release {{version}} of {{name}}\n\n");
        boxes.forEach((name, has) -> body.append(has ? "- [ ] " + name + "\n" : ""));
        return new TrackingTemplate(List.of(), List.of(), body.toString());
    }

    TrackingTemplate {
        labels = List.copyOf(labels);
        assignees = List.copyOf(assignees);
    }

    /// Reads it. Keys that mean something to the forge's pages only (`about`, `title`) are skipped.
    ///
    /// @param file what messages call it
    /// @throws io.kpromo.yaml.InvalidInputException when the front matter is no YAML, with the place
    static TrackingTemplate read(String text, String file) {
        String marked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<String> lines = marked.lines().toList();
        int end = lines.isEmpty() || !lines.getFirst().stripTrailing().equals(FENCE) ? -1 : endOfFront(lines);
        if (end < 0) {
            return new TrackingTemplate(List.of(), List.of(), marked);
        }
        List<String> labels = new ArrayList<>();
        List<String> assignees = new ArrayList<>();
        Problems problems = new Problems();
        // An empty line instead of the fence, so that lines keep their numbers.
        String front = "\n" + String.join("\n", lines.subList(1, end)) + "\n";
        YamlReader.read(
                front.getBytes(StandardCharsets.UTF_8),
                file,
                problems,
                yaml -> yaml.mapping("the front matter", (key, _) -> {
                    switch (key) {
                        case "labels" -> words(yaml, key, labels);
                        case "assignees" -> words(yaml, key, assignees);
                        default -> yaml.skip();
                    }
                }));
        problems.throwIfAny();
        String body = String.join("\n", lines.subList(end + 1, lines.size()));
        return new TrackingTemplate(labels, assignees, body.stripLeading() + "\n");
    }

    private static int endOfFront(List<String> lines) {
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).stripTrailing().equals(FENCE)) {
                return i;
            }
        }
        return -1;
    }

    /// A list, or a text with commas, as GitHub takes both.
    private static void words(YamlReader yaml, String key, List<String> into) {
        if (yaml.isList()) {
            yaml.list(key, () -> yaml.text("one of " + key).map(String::strip).ifPresent(into::add));
        } else if (yaml.isNothing()) {
            yaml.skip();
        } else {
            yaml.text(key).stream()
                    .flatMap(text -> Stream.of(text.split(",", -1)))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .forEach(into::add);
        }
    }
}
