// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Lines on standard error, as text or as JSON. Small on purpose: a logging framework costs more to start than
/// `kpromo version` takes.
///
/// Text at `info` is the bare message, because people read it; other levels name themselves. JSON lines hold
/// `time`, `level` and `message`, and `error` where there is a stack trace. Safe for use by many threads.
public final class Log {
    /// In the order of what they let through. `fatal` and `panic` are kept for scripts that name them.
    public enum Level {
        PANIC,
        FATAL,
        ERROR,
        WARNING,
        INFO,
        DEBUG,
        TRACE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Format {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Screen screen;
    private final Level level;
    private final Format format;
    private final Clock clock;

    public Log(Screen screen, Level level, Format format, Clock clock) {
        this.screen = screen;
        this.level = level;
        this.format = format;
        this.clock = clock;
    }

    public boolean shows(Level wanted) {
        return wanted.compareTo(level) <= 0;
    }

    public void error(String message) {
        write(Level.ERROR, message, "");
    }

    public void warn(String message) {
        write(Level.WARNING, message, "");
    }

    public void info(String message) {
        write(Level.INFO, message, "");
    }

    public void debug(String message) {
        write(Level.DEBUG, message, "");
    }

    /// One line; the stack trace follows only where debug lines are shown.
    public void failure(String message, Throwable cause) {
        write(Level.ERROR, message, shows(Level.DEBUG) ? trace(cause) : "");
    }

    private void write(Level at, String message, String trace) {
        if (!shows(at)) {
            return;
        }
        String line = format == Format.JSON ? json(at, message, trace) : text(at, message, trace);
        screen.print(line);
    }

    private static String text(Level at, String message, String trace) {
        String name = at == Level.INFO ? "" : at + ": ";
        return name + Text.oneLine(message) + "\n" + trace;
    }

    private String json(Level at, String message, String trace) {
        return "{\"time\":\"" + clock.instant().truncatedTo(ChronoUnit.MILLIS) + "\",\"level\":\"" + at
                + "\",\"message\":" + Text.quoted(message)
                + (trace.isEmpty() ? "" : ",\"error\":" + Text.quoted(trace)) + "}\n";
    }

    private static String trace(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
