// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

final class VersionCommand implements Command {
    private final Root root;

    private boolean json;

    VersionCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "version",
                        "Print version, commit, Java version and platform.",
                        "kpromo version",
                        "kpromo version --json")
                .toggle("--json", false, "Print JSON.", on -> json = on);
    }

    @Override
    public ExitCode call() {
        BuildInfo build = BuildInfo.ours();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("GitVersion", build.version());
        facts.put("GitCommit", build.commit());
        facts.put("GitTreeState", build.tree());
        facts.put("BuildDate", build.date());
        facts.put("JavaVersion", Runtime.version().toString());
        facts.put("Platform", System.getProperty("os.name") + "/" + System.getProperty("os.arch"));
        root.console().out().print(json ? json(facts) : text(facts));
        return ExitCode.DONE;
    }

    private static String text(Map<String, String> facts) {
        StringBuilder lines = new StringBuilder();
        facts.forEach((name, value) -> lines.append(name)
                .append(':')
                .append(" ".repeat(14 - name.length()))
                .append(value)
                .append('\n'));
        return lines.toString();
    }

    private static String json(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(e -> "  \"" + Character.toLowerCase(e.getKey().charAt(0))
                        + e.getKey().substring(1) + "\": " + Text.quoted(e.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }
}
