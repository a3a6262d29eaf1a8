// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The page that `--help` prints.
final class HelpText {
    private static final int WIDTH = 100;
    private static final int COLUMN = 30;

    private final StringBuilder page = new StringBuilder();
    private final CommandLine command;
    private final CommandSpec spec;

    private HelpText(CommandLine command) {
        this.command = command;
        this.spec = command.getCommandSpec();
    }

    static String of(CommandLine command) {
        return new HelpText(command).write();
    }

    private String write() {
        wrapped("", String.join(" ", spec.usageMessage().description()), 0);
        page.append("\nUsage:\n  ").append(usage()).append('\n');
        commands();
        words();
        flags();
        page.append("\nExamples:\n");
        for (String example : spec.usageMessage().footer()) {
            page.append("  ").append(example).append('\n');
        }
        if (!command.getSubcommands().isEmpty()) {
            page.append("\nMore about a command: ").append(spec.qualifiedName()).append(" COMMAND --help\n");
        }
        return page.toString();
    }

    private String usage() {
        StringBuilder usage = new StringBuilder(spec.qualifiedName());
        if (!command.getSubcommands().isEmpty()) {
            usage.append(" COMMAND");
        }
        for (PositionalParamSpec word : spec.positionalParameters()) {
            String label = word.arity().min() == 0 ? "[" + word.paramLabel() + "]" : word.paramLabel();
            usage.append(' ').append(label).append(word.arity().max() > 1 ? "…" : "");
        }
        return usage.append(" [flags]").toString();
    }

    private void commands() {
        if (command.getSubcommands().isEmpty()) {
            return;
        }
        page.append("\nCommands:\n");
        command.getSubcommands().forEach((name, child) -> {
            String[] about = child.getCommandSpec().usageMessage().description();
            wrapped("  " + name, String.join(" ", about), 16);
        });
    }

    private void words() {
        if (!spec.positionalParameters().isEmpty()) {
            page.append("\nWords:\n");
        }
        for (PositionalParamSpec word : spec.positionalParameters()) {
            wrapped("  " + word.paramLabel(), String.join(" ", word.description()), COLUMN);
        }
    }

    private void flags() {
        Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
        for (OptionSpec option : spec.options()) {
            sections.computeIfAbsent(Flags.section(option), name -> new ArrayList<>())
                    .add(option);
        }
        sections.forEach((name, options) -> {
            page.append('\n').append(name).append(":\n");
            for (OptionSpec option : options) {
                String names = String.join(", ", option.names());
                String label = option.arity().min() == 0 ? "" : " " + option.paramLabel();
                wrapped("  " + names + label, String.join(" ", option.description()), COLUMN);
            }
        });
    }

    /// A name and, from a column on, its text; on the next line where the name is too long.
    private void wrapped(String name, String text, int column) {
        StringBuilder line = new StringBuilder(name);
        if (name.length() > column - 2 && column > 0) {
            page.append(line).append('\n');
            line.setLength(0);
        }
        pad(line, column);
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH && line.length() > column) {
                page.append(line.toString().stripTrailing()).append('\n');
                line.setLength(0);
                pad(line, column);
            }
            line.append(word).append(' ');
        }
        page.append(line.toString().stripTrailing()).append('\n');
    }

    private static void pad(StringBuilder line, int column) {
        while (line.length() < column) {
            line.append(' ');
        }
    }
}
