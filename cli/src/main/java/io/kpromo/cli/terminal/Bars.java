// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/// Live progress on a terminal: a bar, figures, and what is under way.
public final class Bars implements Display {
    /// What this terminal can show.
    ///
    /// @param width columns, asked for each frame, so that a resized window is filled
    /// @param colours whether to use any
    /// @param unicode whether more than ASCII can be shown
    public record Look(IntSupplier width, boolean colours, boolean unicode) {}

    private static final String BLUE = "\033[36m";
    private static final String RED = "\033[31m";
    private static final String FAINT = "\033[2m";
    private static final String PLAIN = "\033[0m";
    private static final int WIDEST = 120;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";

    private final Screen screen;
    private final Look look;

    public Bars(Screen screen, Look look) {
        this.screen = screen;
        this.look = look;
    }

    @Override
    public long period() {
        return 200;
    }

    @Override
    public void show(Tally.Now now) {
        screen.draw(frame(now));
    }

    @Override
    public void end() {
        screen.clear();
    }

    List<String> frame(Tally.Now now) {
        int width = Math.max(10, Math.min(WIDEST, look.width().getAsInt()) - 1);
        List<String> lines = new ArrayList<>();
        lines.add(head(now, width));
        lines.add(coloured(FAINT, cut("  " + String.join(look.unicode() ? " · " : ", ", Numbers.facts(now)), width)));
        for (Tally.Flight flight : now.flying()) {
            lines.add(flight(flight, width));
        }
        if (now.alsoFlying() > 0) {
            lines.add(coloured(FAINT, cut("    and " + now.alsoFlying() + " more", width)));
        }
        return lines;
    }

    private String head(Tally.Now now, int width) {
        String verb = Numbers.verb(now);
        String before = Character.toUpperCase(verb.charAt(0)) + verb.substring(1) + " ";
        String after = " %3d %%  %s".formatted(Numbers.percent(now), Numbers.done(now));
        String failed = now.failed() == 0 ? "" : "  " + now.failed() + " failed";
        int room = width - before.length() - after.length() - failed.length();
        String bar = room < 5 ? "" : coloured(BLUE, bar(now, Math.min(room, 40)));
        String all = room < 0 ? cut(before + after + failed, width) : before + bar + after;
        return room < 0 ? all : all + coloured(RED, failed);
    }

    private String bar(Tally.Now now, int cells) {
        double share = now.total() == 0 ? 0 : (double) now.done() / now.total();
        int eighths = (int) (share * cells * 8);
        StringBuilder bar = new StringBuilder();
        for (int i = 0; i < cells; i++) {
            int fill = Math.clamp(eighths - i * 8L, 0, 8);
            bar.append(look.unicode() ? fill == 0 ? '░' : EIGHTHS.charAt(fill) : fill >= 4 ? '#' : '.');
        }
        return bar.toString();
    }

    private String flight(Tally.Flight flight, int width) {
        String time = flight.nanoseconds() < 1_000_000_000L ? "" : "  " + Text.time(flight.nanoseconds() / 1_000_000);
        String name = shortened("  " + (look.unicode() ? "↑ " : "> ") + flight.name(), width - time.length());
        return name + coloured(FAINT, time);
    }

    private String coloured(String colour, String text) {
        return look.colours() && !text.isEmpty() ? colour + text + PLAIN : text;
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width));
    }

    /// Loses its middle: the registry at the front and the tag at the end say most.
    private String shortened(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        String gap = look.unicode() ? "…" : "..";
        int keep = Math.max(2, width - gap.length());
        return text.substring(0, keep / 2) + gap + text.substring(text.length() - (keep - keep / 2));
    }
}
