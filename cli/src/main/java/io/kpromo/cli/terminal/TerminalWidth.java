// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// How wide the terminal is, asked for anew every two seconds: windows are resized.
///
/// `stty` knows it on every system we run on, and takes two milliseconds. Asking the kernel from here would load
/// Java's foreign-function machinery, which takes longer, and Java has no other way.
public final class TerminalWidth implements IntSupplier {
    private static final long FRESH = 2_000_000_000L;
    private static final int USUAL = 80;

    private final Map<String, String> environment;
    private final LongSupplier clock;
    private int width = USUAL;
    private long askedAt;
    private boolean asked;

    /// @param clock nanoseconds, for differences
    public TerminalWidth(Map<String, String> environment, LongSupplier clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public int getAsInt() {
        if (!asked || clock.getAsLong() - askedAt > FRESH) {
            asked = true;
            askedAt = clock.getAsLong();
            width = ask();
        }
        return width;
    }

    private int ask() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(500, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return width;
            }
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return columns(answer.substring(answer.indexOf(' ') + 1).strip());
        } catch (IOException noStty) {
            return columns(environment.getOrDefault("COLUMNS", ""));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return width;
        }
    }

    private static int columns(String text) {
        return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : USUAL;
    }
}
