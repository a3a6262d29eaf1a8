// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a tracking issue: Markdown with a task list. Pure: boxes are ticked in the text, and all else stays
/// byte for byte, line ends too.
///
/// @param body as the forge has it
public record TrackingIssue(String body) {
    /// A task of GitHub Flavored Markdown 0.29, "Task list items".
    private static final Pattern TASK = Pattern.compile(
            "(?<lead>[ \\t>]*(?:[-*+]|[0-9]{1,9}[.)])[ \\t]+\\[)(?<mark>[ xX])(?<rest>][ \\t]+(?<text>.*))");

    private static final Pattern FENCE = Pattern.compile("[ >]{0,8}(?<fence>`{3,}|~{3,}).*");
    private static final Pattern LINK = Pattern.compile("\\[(?<text>[^\\]]*)]\\([^)]*\\)");

    /// A task of the list.
    ///
    /// @param text all that follows the box
    public record Box(String text, boolean ticked) {
        /// Whether it is the task of this name: just that, or that and a colon with more behind it.
        boolean isNamed(String name) {
            String plain = LINK.matcher(text)
                    .replaceAll("${text}")
                    .replaceAll("[*_`]", "")
                    .strip();
            String wanted = name.toLowerCase(Locale.ROOT);
            String lower = plain.toLowerCase(Locale.ROOT);
            return lower.equals(wanted)
                    || (lower.startsWith(wanted)
                            && lower.substring(wanted.length()).stripLeading().startsWith(":"));
        }
    }

    /// All tasks, in their order; what stands in code is none.
    public List<Box> boxes() {
        List<Box> boxes = new ArrayList<>();
        edited((box, matcher) -> {
            boxes.add(box);
            return Optional.empty();
        });
        return boxes;
    }

    /// Ticks the tasks of this name that are not ticked yet: `- [ ] Name` becomes `- [x] Name: note`.
    ///
    /// @param note Markdown on one line: a link
    public TrackingIssue ticked(String name, String note) {
        String line = note.replaceAll("\\R", " ").strip();
        return edited((box, task) -> {
            if (box.ticked() || !box.isNamed(name)) {
                return Optional.empty();
            }
            String text = task.group("rest").stripTrailing();
            String between = box.text().indexOf(':') < 0 ? ": " : " ";
            boolean said = line.isEmpty() || text.contains(line);
            return Optional.of(task.group("lead") + "x" + (said ? task.group("rest") : text + between + line));
        });
    }

    private interface Edit {
        /// @return the new line, empty to leave it as it is
        Optional<String> of(Box box, Matcher task);
    }

    private TrackingIssue edited(Edit edit) {
        StringBuilder text = new StringBuilder(body.length() + 100);
        Optional<String> fence = Optional.empty();
        int at = 0;
        while (at < body.length()) {
            int end = body.indexOf('\n', at);
            int next = end < 0 ? body.length() : end + 1;
            int stop = end < 0 ? body.length() : end > at && body.charAt(end - 1) == '\r' ? end - 1 : end;
            String line = body.substring(at, stop);
            fence = fenceAfter(fence, line);
            Matcher task = TASK.matcher(line);
            boolean isTask = fence.isEmpty() && task.matches();
            Box box = isTask ? new Box(task.group("text"), !task.group("mark").equals(" ")) : new Box("", true);
            text.append(isTask ? edit.of(box, task).orElse(line) : line).append(body, stop, next);
            at = next;
        }
        return new TrackingIssue(text.toString());
    }

    /// The fence that is open after this line. CommonMark 0.31, "Fenced code blocks".
    private static Optional<String> fenceAfter(Optional<String> open, String line) {
        Matcher matcher = FENCE.matcher(line);
        if (!matcher.matches()) {
            return open;
        }
        String fence = matcher.group("fence");
        if (open.isEmpty()) {
            return Optional.of(fence);
        }
        boolean closes = fence.startsWith(open.get()) && line.strip().endsWith(fence);
        return closes ? Optional.empty() : open;
    }
}
