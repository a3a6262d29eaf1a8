// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.util.List;

/// A command that only holds others: `kpromo registry serve`.
final class Group implements Command {
    private final Root root;
    private final String name;
    private final String description;
    private final String example;
    private final List<Commands.Entry> children;

    Group(Root root, String name, String description, String example, List<Commands.Entry> children) {
        this.root = root;
        this.name = name;
        this.description = description;
        this.example = example;
        this.children = children;
    }

    @Override
    public void describe(Flags flags) {
        flags.about(name, description, example);
        children.forEach(child -> flags.command(child, root));
    }

    /// No subcommand was named.
    @Override
    public ExitCode call() {
        throw new UsageException("kpromo " + name + " needs a subcommand: "
                + String.join(", ", children.stream().map(Commands.Entry::name).toList()) + "; see kpromo " + name
                + " --help");
    }
}
