// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Leads through a tour: says what happens in each step, shows the command a user would type, and runs just that
/// command.
final class TourGuide {
    private static final String BOLD = "\033[1m";
    private static final String FAINT = "\033[2m";
    private static final String PLAIN = "\033[0m";

    /// Who walks a tour, in forges and in git.
    static final String ACCOUNT = "you";

    private final Root root;
    private final PrintStream out;
    private final int steps;
    private int step;

    /// @param steps of the whole tour
    TourGuide(Root root, int steps) {
        this.root = root;
        this.out = root.console().out();
        this.steps = steps;
    }

    void step(String text) {
        step++;
        out.println();
        out.println(styled(BOLD, step + "/" + steps + "  " + text));
        out.flush();
    }

    /// Writes a file and shows it.
    void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
        faint(file.toString());
        text.lines().forEach(line -> out.println("    " + line));
    }

    void shown(String command) {
        out.println(styled(BOLD, "$ ") + command);
    }

    void faint(String text) {
        out.println(styled(FAINT, text));
    }

    void line(String text) {
        out.println(text);
    }

    private String styled(String style, String text) {
        return root.colours() ? style + text + PLAIN : text;
    }

    /// The tour's key has no password, and nobody is asked for one; nor who they are.
    private Console console() {
        Map<String, String> environment = new HashMap<>(root.console().environment());
        environment.put("COSIGN_PASSWORD", "");
        environment.put("USER", ACCOUNT);
        environment.put("GIT_COMMITTER_NAME", "You");
        environment.put("GIT_COMMITTER_EMAIL", "you@example.com");
        return new Console(
                environment,
                root.console().in(),
                root.console().out(),
                root.console().err(),
                root.console().interactive());
    }

    /// Runs it here and gives what it prints, as `>` would.
    String printed(String... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Console console = new Console(
                root.console().environment(),
                root.console().in(),
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                root.console().err(),
                root.console().interactive());
        int code = new Shell(console, root.interrupt()).run(List.of(words));
        if (code != ExitCode.DONE.number()) {
            throw new IllegalStateException("the tour went wrong at step " + step + ": exit code " + code);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// Runs it here, in this process: what a user would see is what the tour shows.
    void kpromo(ExitCode wanted, String... words) throws InterruptedException {
        shown("kpromo " + String.join(" ", words));
        out.flush();
        int code = new Shell(console(), root.interrupt()).run(List.of(words));
        out.flush();
        if (code == ExitCode.INTERRUPTED.number()) {
            throw new InterruptedException("the tour was interrupted; nothing of it is left unless --keep was given");
        }
        if (code != wanted.number()) {
            throw new IllegalStateException("the tour went wrong at step " + step + ": exit code " + code
                    + " instead of " + wanted.number() + "; this is a bug, please report it with the output above");
        }
    }
}
