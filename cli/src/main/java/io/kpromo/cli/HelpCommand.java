// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

final class HelpCommand implements Command {
    private final Root root;

    private final List<String> path = new ArrayList<>();

    HelpCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about("help", "Say how a command is used.", "kpromo help cip")
                .words("COMMAND", "0..1", String.class, "The command.", path::add)
                .words("SUBCOMMAND", "0..1", String.class, "Its subcommand, if it has one.", path::add);
    }

    @Override
    public ExitCode call() {
        CommandLine line = Commands.all(root);
        for (String name : path) {
            CommandLine next = line.getSubcommands().get(name);
            if (next == null) {
                throw new UsageException("no help for " + Text.quoted(name) + "; the commands are "
                        + String.join(", ", line.getSubcommands().keySet()));
            }
            line = next;
        }
        root.console().out().print(HelpText.of(line));
        return ExitCode.DONE;
    }
}
