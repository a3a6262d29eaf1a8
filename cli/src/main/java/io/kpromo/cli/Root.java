// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.time.Clock;
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
    private final Interrupt interrupt;

    Root(Console console, Interrupt interrupt) {
        this.console = console;
        this.interrupt = interrupt;
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
        flags.choice("--log-level", Log.Level.INFO, "What to log.", level -> logLevel = level)
                .choice("--log-format", Log.Format.TEXT, "How to log.", format -> logFormat = format)
                .choice(
                        "--progress",
                        Progress.AUTO,
                        "How to show progress: auto is live on a terminal.",
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

    Interrupt interrupt() {
        return interrupt;
    }

    Log log() {
        return new Log(console.err(), logLevel, logFormat, Clock.systemUTC());
    }

    Progress progress() {
        return progress;
    }

    boolean colours() {
        return !noColor && console.variable("NO_COLOR").isEmpty() && console.interactive();
    }

    /// No command was named.
    @Override
    public ExitCode call() {
        console.out().print(Usage.help(Commands.all(this)));
        return ExitCode.DONE;
    }
}
