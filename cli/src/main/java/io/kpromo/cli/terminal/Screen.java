// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Standard error: lines that stay, and below them, on a terminal, a block that is drawn over again.
///
/// Plain ANSI sequences that every terminal of the last thirty years knows; a terminal library would cost more to
/// load than all of `kpromo version`. Safe for use by many threads.
public final class Screen {
    private static final String CLEAR_BELOW = "\033[J";
    private static final String CLEAR_REST = "\033[K";
    private static final String HIDE_CURSOR = "\033[?25l";
    private static final String SHOW_CURSOR = "\033[?25h";
    /// Begin and end of a frame, so that none is seen half drawn; terminals that don't know them take no notice.
    private static final String BEGIN = "\033[?2026h";

    private static final String END = "\033[?2026l";

    private final PrintStream err;
    private final ReentrantLock lock = new ReentrantLock();
    private List<String> block = List.of();

    public Screen(PrintStream err) {
        this.err = err;
    }

    /// A line, or several, that stay; they end with a line break.
    public void print(String lines) {
        lock.lock();
        try {
            if (block.isEmpty()) {
                err.print(lines);
            } else {
                err.print(BEGIN + above() + CLEAR_BELOW + lines + drawn(block) + END);
            }
            err.flush();
        } finally {
            lock.unlock();
        }
    }

    /// Draws the block anew in place of the last one. No line may be wider than the terminal.
    public void draw(List<String> lines) {
        lock.lock();
        try {
            String cursor = block.isEmpty() ? HIDE_CURSOR : "";
            err.print(BEGIN + cursor + above() + drawn(lines) + CLEAR_BELOW + END);
            err.flush();
            block = List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /// Takes the block away and gives the cursor back. May be called at any time, and again.
    public void clear() {
        lock.lock();
        try {
            if (!block.isEmpty()) {
                err.print(above() + CLEAR_BELOW + SHOW_CURSOR);
                err.flush();
                block = List.of();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Lets something else be written on the same terminal, standard output above all. The block is out of its way,
    /// and comes back with the next frame.
    public void aside(Runnable writing) {
        lock.lock();
        try {
            clear();
            writing.run();
        } finally {
            lock.unlock();
        }
    }

    private String above() {
        return block.isEmpty() ? "" : "\033[" + block.size() + "F";
    }

    private static String drawn(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append(CLEAR_REST).append('\n'));
        return text.toString();
    }
}
