// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Console;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// One run: words in, an exit code out. Every way a command can end comes through here and becomes one line.
final class Shell {
    private final Console console;
    private final Interrupt interrupt;

    Shell(Console console, Interrupt interrupt) {
        this.console = console;
        this.interrupt = interrupt;
    }

    /// @return the exit code; never throws
    int run(List<String> words) {
        return run(new Root(console, interrupt, words));
    }

    /// The same, with results going where it may be that they can't be written; that is told as all else is.
    int run(List<String> words, StandardOutput out) {
        Root root = new Root(console, interrupt, words);
        int code = run(root);
        return out.ended(code, root.log()::error);
    }

    private static int run(Root root) {
        try {
            return run(root, root.words()).number();
        } catch (InterruptedException interrupted) {
            String said = interrupted.getMessage();
            root.log().error(said == null ? "interrupted" : said);
            return ExitCode.INTERRUPTED.number();
        } catch (Exception | StackOverflowError | OutOfMemoryError failure) {
            List<String> lines = Advice.lines(failure);
            lines.subList(0, lines.size() - 1).forEach(root.log()::error);
            root.log().failure(lines.getLast(), failure);
            return Advice.exitCode(failure).number();
        }
    }

    private static ExitCode run(Root root, List<String> words) throws Exception {
        ParseResult parsed;
        try {
            parsed = Commands.line(root, words).parseArgs(words.toArray(String[]::new));
        } catch (ParameterException wrong) {
            throw new UsageException(Usage.explain(wrong), wrong);
        }
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        CommandLine command = parsed.commandSpec().commandLine();
        if (parsed.isUsageHelpRequested()) {
            root.console().out().print(HelpText.of(command));
            return ExitCode.DONE;
        }
        return ((Command) command.getCommand()).call();
    }
}
