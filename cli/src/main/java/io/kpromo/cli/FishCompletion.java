// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.Completion.Flag;
import io.kpromo.cli.Completion.Node;
import java.util.List;
import java.util.stream.Collectors;

/// For fish 3 and newer.
final class FishCompletion {
    private FishCompletion() {}

    static String script(Node tree) {
        StringBuilder text = new StringBuilder("# Completion of kpromo for fish. Once: "
                + "kpromo completion fish > ~/.config/fish/completions/kpromo.fish\n");
        for (Node node : tree.all()) {
            node.children()
                    .forEach(child -> text.append("complete -c kpromo -f -n ")
                            .append(quoted(condition(node)))
                            .append(" -a ")
                            .append(child.name())
                            .append(" -d ")
                            .append(quoted(child.description()))
                            .append('\n'));
            node.flags().forEach(flag -> text.append(line(node, flag)).append('\n'));
        }
        return text.toString();
    }

    private static String line(Node node, Flag flag) {
        String value = !flag.takesValue()
                ? ""
                : !flag.values().isEmpty()
                        ? " -x -a " + quoted(String.join(" ", flag.values()))
                        : flag.files() ? " -r -F" : " -x";
        return "complete -c kpromo -n " + quoted(condition(node)) + " -l "
                + flag.name().substring(2) + value + " -d " + quoted(flag.description());
    }

    /// All words that lead here were written, and none that leads further down.
    private static String condition(Node node) {
        String here = node.path().stream()
                .skip(1)
                .map(word -> "__fish_seen_subcommand_from " + word)
                .collect(Collectors.joining("; and "));
        List<String> below = node.children().stream().map(Node::name).toList();
        String notBelow = below.isEmpty() ? "" : "not __fish_seen_subcommand_from " + String.join(" ", below);
        return here.isEmpty() || notBelow.isEmpty() ? here + notBelow : here + "; and " + notBelow;
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
