// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.Completion.Flag;
import io.kpromo.cli.Completion.Node;
import java.util.stream.Collectors;

/// For zsh, sourced or put on the `fpath` as `_kpromo`.
final class ZshCompletion {
    private static final String SCRIPT = """
            #compdef kpromo
            # Completion of kpromo for zsh. In ~/.zshrc, after compinit: source <(kpromo completion zsh)
            @FUNCTIONS@
            if [[ "${funcstack[1]}" == "_kpromo" ]]; then
                _kpromo "$@"
            else
                compdef _kpromo kpromo
            fi
            """;

    private ZshCompletion() {}

    static String script(Node tree) {
        return SCRIPT.replace(
                "@FUNCTIONS@", tree.all().stream().map(ZshCompletion::function).collect(Collectors.joining()));
    }

    private static String function(Node node) {
        StringBuilder text = new StringBuilder("\n" + name(node) + "() {\n");
        boolean leaf = node.children().isEmpty();
        if (!leaf) {
            text.append("    local context state line\n    typeset -A opt_args\n");
        }
        text.append("    _arguments -s \\\n");
        node.flags().forEach(flag -> text.append("        ").append(flag(flag)).append(" \\\n"));
        if (leaf) {
            return text.append("        '*: :_files'\n}\n").toString();
        }
        text.append("        '1: :->command' \\\n        '*:: :->rest'\n    case $state in\n        command)\n")
                .append("            local -a commands=(\n");
        node.children()
                .forEach(child -> text.append("                ")
                        .append(quoted(child.name() + ":" + child.description()))
                        .append("\n"));
        text.append(
                "            )\n            _describe command commands ;;\n        rest)\n            case ${line[1]} in\n");
        node.children()
                .forEach(child -> text.append("                ")
                        .append(child.name())
                        .append(") ")
                        .append(name(child))
                        .append(" ;;\n"));
        return text.append("            esac ;;\n    esac\n}\n").toString();
    }

    private static String flag(Flag flag) {
        String description = flag.description().replaceAll("[\\[\\]:]", " ");
        if (!flag.takesValue()) {
            return quoted(flag.name() + "[" + description + "]");
        }
        String values =
                !flag.values().isEmpty() ? "(" + String.join(" ", flag.values()) + ")" : flag.files() ? "_files" : "";
        return quoted("*" + flag.name() + "=[" + description + "]:value:" + values);
    }

    private static String name(Node node) {
        return "_" + String.join("_", node.path()).replace('-', '_');
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
