// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What the commands look like to a shell that completes them; [BashCompletion], [ZshCompletion] and
/// [FishCompletion] write it down in their languages.
final class Completion {
    /// The shells we write for.
    enum Shell {
        BASH,
        ZSH,
        FISH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A command with its flags and subcommands.
    ///
    /// @param path the words that name it, `kpromo` first
    record Node(List<String> path, String description, List<Flag> flags, List<Node> children) {
        String name() {
            return path.getLast();
        }

        /// This node and all below it.
        List<Node> all() {
            List<Node> all = new ArrayList<>(List.of(this));
            children.forEach(child -> all.addAll(child.all()));
            return all;
        }
    }

    /// A flag by its long name.
    ///
    /// @param takesValue whether a value must follow
    /// @param files whether that value is a file or folder
    /// @param values what it can be, where that is a closed list
    record Flag(String name, String description, boolean takesValue, boolean files, List<String> values) {}

    private Completion() {}

    static String script(Shell shell, CommandLine root) {
        Node tree = node(List.of(root.getCommandName()), root);
        return switch (shell) {
            case BASH -> BashCompletion.script(tree);
            case ZSH -> ZshCompletion.script(tree);
            case FISH -> FishCompletion.script(tree);
        };
    }

    private static Node node(List<String> path, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        List<Node> children = new ArrayList<>();
        command.getSubcommands().forEach((name, child) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            children.add(node(longer, child));
        });
        List<Flag> flags = spec.options().stream()
                .filter(option -> !option.hidden())
                .map(Completion::flag)
                .toList();
        String[] description = spec.usageMessage().description();
        return new Node(path, description.length == 0 ? "" : firstSentence(description[0]), flags, children);
    }

    private static Flag flag(OptionSpec option) {
        List<String> values = new ArrayList<>();
        if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(values::add);
        }
        boolean files = option.type() == Path.class;
        String[] text = option.description();
        return new Flag(
                option.longestName(),
                text.length == 0
                        ? ""
                        : firstSentence(text[0].replace("${COMPLETION-CANDIDATES}", String.join(", ", values))),
                option.arity().min() > 0,
                files,
                values);
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        String first = end < 0 ? text : text.substring(0, end);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}
