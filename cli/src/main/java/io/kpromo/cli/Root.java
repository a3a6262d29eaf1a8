// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Bars;
import io.kpromo.cli.terminal.Console;
import io.kpromo.cli.terminal.Display;
import io.kpromo.cli.terminal.Lines;
import io.kpromo.cli.terminal.Log;
import io.kpromo.cli.terminal.Quiet;
import io.kpromo.cli.terminal.Screen;
import io.kpromo.cli.terminal.TerminalWidth;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/// `kpromo` itself: the flags that every command takes, and what commands are given to work with.
final class Root implements Command {
    enum Progress {
        AUTO,
        PLAIN,
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Log.Level logLevel = Log.Level.INFO;
    private Log.Format logFormat = Log.Format.TEXT;
    private Progress progress = Progress.AUTO;
    private boolean noColor;
    private final Console console;
    private final Screen screen;
    private final Interrupt interrupt;
    private final List<String> words;

    /// @param words all that was written after `kpromo`
    Root(Console console, Interrupt interrupt, List<String> words) {
        this.console = console;
        this.screen = new Screen(console.err());
        this.interrupt = interrupt;
        this.words = List.copyOf(words);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                "kpromo",
                "Promotes container images from staging to production registries: exactly what reviewed manifests say.",
                "kpromo quickstart                                         a whole promotion on this machine",
                "kpromo cip --manifest promoter-manifest.yaml              show what would be done",
                "kpromo cip --manifest promoter-manifest.yaml --confirm    do it");
        everywhere(flags);
    }

    /// The flags of every command.
    void everywhere(Flags flags) {
        flags.section("Flags of every command")
                .choice("--log-level", Log.Level.INFO, "What to log:", level -> logLevel = level)
                .choice("--log-format", Log.Format.TEXT, "How to log:", format -> logFormat = format)
                .choice(
                        "--progress",
                        Progress.AUTO,
                        "How progress is shown (auto: live on a terminal, else a line now and then):",
                        p -> progress = p)
                .toggle(
                        "--no-color",
                        false,
                        "Print without colours, as the variable NO_COLOR does.",
                        on -> noColor = on)
                .help("-h,--help", "Say how this command is used.");
    }

    Console console() {
        return console;
    }

    List<String> words() {
        return words;
    }

    Interrupt interrupt() {
        return interrupt;
    }

    Log log() {
        return new Log(screen, logLevel, logFormat, Clock.systemUTC());
    }

    Screen screen() {
        return screen;
    }

    /// How progress is shown here.
    Display display() {
        if (live()) {
            TerminalWidth width = new TerminalWidth(console.environment(), System::nanoTime);
            return new Bars(screen, new Bars.Look(width, colours(), console.unicode()));
        }
        return shown() ? new Lines(log()) : new Quiet();
    }

    /// Whether a person watches, so that what is shown may be drawn over again.
    boolean live() {
        boolean asked = progress == Progress.AUTO && logFormat == Log.Format.TEXT;
        return asked && console.interactive() && log().shows(Log.Level.INFO);
    }

    /// Whether progress is shown at all.
    boolean shown() {
        return progress != Progress.NONE;
    }

    boolean colours() {
        return !noColor && console.variable("NO_COLOR").isEmpty() && console.interactive();
    }

    /// No command was named.
    @Override
    public ExitCode call() {
        console.out().print(HelpText.of(Commands.all(this)));
        return ExitCode.DONE;
    }
}
