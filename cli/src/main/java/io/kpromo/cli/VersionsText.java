// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.release.dependencies.Mismatch;
import io.kpromo.release.dependencies.Outlook;
import java.util.List;
import java.util.stream.Collectors;

/// What `release verify-dependencies` found, as it is printed.
record VersionsText(List<Mismatch> off, List<Outlook> outlooks) {
    String lines() {
        StringBuilder lines = new StringBuilder();
        off.forEach(place -> lines.append(Text.oneLine(place.toString())).append('\n'));
        newer().forEach(it -> lines.append("newer: ")
                .append(Text.oneLine(it.dependency() + ": " + it.latest() + " (here " + it.here() + ")"))
                .append('\n'));
        return lines.toString();
    }

    /// Who could not be asked, and why.
    List<String> unknown() {
        return unknowns().stream().map(it -> it.dependency() + ": " + it.why()).toList();
    }

    String json() {
        return "{\n  \"off\": "
                + list(off.stream().map(VersionsText::json).toList())
                + ",\n  \"newer\": "
                + list(newer().stream()
                        .map(it -> "{\"dependency\": " + Text.quoted(it.dependency()) + ", \"here\": "
                                + Text.quoted(it.here()) + ", \"latest\": " + Text.quoted(it.latest()) + "}")
                        .toList())
                + ",\n  \"unknown\": "
                + list(unknowns().stream()
                        .map(it -> "{\"dependency\": " + Text.quoted(it.dependency()) + ", \"why\": "
                                + Text.quoted(it.why()) + "}")
                        .toList())
                + "\n}\n";
    }

    private List<Outlook.Newer> newer() {
        return outlooks.stream()
                .filter(Outlook.Newer.class::isInstance)
                .map(Outlook.Newer.class::cast)
                .toList();
    }

    private List<Outlook.Unknown> unknowns() {
        return outlooks.stream()
                .filter(Outlook.Unknown.class::isInstance)
                .map(Outlook.Unknown.class::cast)
                .toList();
    }

    private static String list(List<String> items) {
        return items.isEmpty()
                ? "[]"
                : items.stream().map(item -> "    " + item).collect(Collectors.joining(",\n", "[\n", "\n  ]"));
    }

    private static String json(Mismatch place) {
        return "{\"file\": " + Text.quoted(place.place().file()) + ", \"line\": "
                + place.place().line() + ", \"dependency\": " + Text.quoted(place.dependency()) + ", \"found\": "
                + Text.quoted(place.found()) + ", \"wanted\": " + Text.quoted(place.wanted()) + "}";
    }
}
