// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

final class CompletionCommand implements Command {
    private final Root root;

    private Completion.Shell shell = Completion.Shell.BASH;

    CompletionCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "completion",
                        "Print a script that completes commands and flags in your shell.",
                        "source <(kpromo completion bash)                                   in ~/.bashrc",
                        "source <(kpromo completion zsh)                                    in ~/.zshrc, after compinit",
                        "kpromo completion fish > ~/.config/fish/completions/kpromo.fish    once")
                .word("SHELL", Completion.Shell.class, "bash, zsh or fish.", s -> shell = s);
    }

    @Override
    public ExitCode call() {
        root.console().out().print(Completion.script(shell, Commands.all(root)));
        return ExitCode.DONE;
    }
}
