// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.release.steps.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Where the steps of a release stand, as a table for people or as JSON.
final class StepsTable {
    /// @param standing of the step
    record Row(String id, String title, Standing standing) {}

    private final List<Row> rows = new ArrayList<>();

    void add(Row row) {
        rows.add(row);
    }

    /// A line a step; what has more to say goes on below.
    String text() {
        int widest = rows.stream().mapToInt(row -> row.id().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append(String.format(
                    "%-" + (widest + 2) + "s%-10s", row.id(), row.standing().word()));
            text.append(lines(row.standing()).stream()
                    .map(Text::oneLine)
                    .collect(Collectors.joining("\n" + " ".repeat(widest + 12))));
            text.append('\n');
        }
        return text.toString();
    }

    private static List<String> lines(Standing standing) {
        List<String> lines = new ArrayList<>();
        switch (standing) {
            case Standing.Ready ready -> ready.wouldDo().forEach(line -> lines.add("would " + line));
            case Standing.Blocked blocked -> {
                lines.add(blocked.why());
                lines.add("→ " + blocked.advice());
            }
            case Standing.Unknown unknown -> {
                lines.add(unknown.why());
                unknown.here().ifPresent(lines::add);
            }
            case Standing.Done _, Standing.Waiting _, Standing.Left _ -> lines.add(standing.line());
        }
        standing.link().ifPresent(link -> lines.add(link.toString()));
        return lines;
    }

    String json() {
        return rows.stream()
                .map(row -> "  {\"step\": " + Text.quoted(row.id()) + ", \"title\": " + Text.quoted(row.title())
                        + ", \"standing\": " + Text.quoted(row.standing().word()) + ", \"what\": "
                        + Text.quoted(row.standing().line())
                        + row.standing()
                                .link()
                                .map(link -> ", \"link\": " + Text.quoted(link.toString()))
                                .orElse("")
                        + "}")
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }
}
