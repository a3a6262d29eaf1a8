// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.Completion.Flag;
import io.kpromo.cli.Completion.Node;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// For bash 3.2 and newer, without the bash-completion package.
final class BashCompletion {
    private static final String SCRIPT = """
            # Completion of kpromo for bash. In ~/.bashrc: source <(kpromo completion bash)
            _kpromo() {
                local cur=${COMP_WORDS[COMP_CWORD]} flag=${COMP_WORDS[COMP_CWORD-1]} path=kpromo words= i
                COMPREPLY=()
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case "$path ${COMP_WORDS[i]}" in
                        @PATHS@) path="$path ${COMP_WORDS[i]}" ;;
                    esac
                done
                # "--flag=value" comes as three words.
                if [[ $cur == "=" ]]; then
                    cur=
                elif [[ $flag == "=" ]]; then
                    flag=${COMP_WORDS[COMP_CWORD-2]}
                fi
                # A value: one of a list, or (nothing said) a file.
                case "$path $flag" in
            @VALUES@
                esac
                case "$path" in
            @WORDS@
                esac
                COMPREPLY=($(compgen -W "$words" -- "$cur"))
            }
            complete -o default -F _kpromo kpromo
            """;

    private BashCompletion() {}

    static String script(Node tree) {
        List<Node> nodes = tree.all();
        String paths = nodes.stream()
                .filter(n -> n.path().size() > 1)
                .map(n -> '"' + String.join(" ", n.path()) + '"')
                .collect(Collectors.joining("|"));
        String values = nodes.stream()
                .flatMap(n -> n.flags().stream().filter(Flag::takesValue).map(f -> value(n, f)))
                .collect(Collectors.joining("\n"));
        String words = nodes.stream()
                .map(n -> "        \"" + String.join(" ", n.path()) + "\") words=\"" + words(n) + "\" ;;")
                .collect(Collectors.joining("\n"));
        return SCRIPT.replace("@PATHS@", paths).replace("@VALUES@", values).replace("@WORDS@", words);
    }

    private static String value(Node node, Flag flag) {
        String choose = flag.values().isEmpty()
                ? "return"
                : "COMPREPLY=($(compgen -W \"" + String.join(" ", flag.values()) + "\" -- \"$cur\")); return";
        return "        \"" + String.join(" ", node.path()) + " " + flag.name() + "\") " + choose + " ;;";
    }

    private static String words(Node node) {
        return Stream.concat(
                        node.children().stream().map(Node::name),
                        node.flags().stream().map(Flag::name))
                .collect(Collectors.joining(" "));
    }
}
