// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What can be said about a moment of a promotion, in words.
final class Numbers {
    private static final double SECOND = 1e9;

    private Numbers() {}

    static String verb(Tally.Now now) {
        return switch (now.stage()) {
            case LOOK ->
                switch (now.matter()) {
                    case IMAGES -> "reading registries";
                    case FILES -> "looking for files";
                };
            case PROMOTE -> "promoting";
            case FIND_PROOF -> "looking for signatures";
            case SIGN -> "signing";
        };
    }

    static String done(Tally.Now now) {
        String noun = switch (now.stage()) {
            case LOOK -> " questions";
            case PROMOTE -> " edges";
            case FIND_PROOF, SIGN -> " files";
        };
        return Text.count(now.done()) + " of " + Text.count(now.total()) + noun;
    }

    static int percent(Tally.Now now) {
        return now.total() == 0 ? 0 : (int) (now.done() * 100 / now.total());
    }

    /// Bytes, rate, requests, time left: what is known of them.
    static List<String> facts(Tally.Now now) {
        List<String> facts = new ArrayList<>();
        if (now.sent() > 0) {
            facts.add(Text.bytes(now.sent()) + " sent");
            if (now.stage() == Tally.Stage.PROMOTE) {
                facts.add(Text.bytes((long) (now.sent() / Math.max(0.001, now.elapsed() / SECOND))) + "/s");
            }
        }
        if (now.mounted() > 0) {
            facts.add(Text.bytes(now.mounted()) + " "
                    + (now.matter() == Tally.Matter.IMAGES ? "mounted" : "copied there"));
        }
        facts.add(Text.count(now.requests(), "request"));
        left(now).ifPresent(time -> facts.add(time + " left"));
        return facts;
    }

    /// A guess from the pace of this phase; none while it would be a wild one.
    private static Optional<String> left(Tally.Now now) {
        boolean early = now.elapsed() < 2 * SECOND || now.done() * 50 < now.total();
        if (early || now.done() == 0 || now.done() >= now.total()) {
            return Optional.empty();
        }
        double nanoseconds = (double) now.elapsed() / now.done() * (now.total() - now.done());
        return Optional.of(Text.time(Math.max(1, Math.round(nanoseconds / SECOND)) * 1000));
    }

    static String sentence(Tally.Now now) {
        String failed = now.failed() == 0 ? "" : ", " + now.failed() + " failed";
        return verb(now) + ": " + done(now) + " (" + percent(now) + " %)" + failed + ", "
                + String.join(", ", facts(now));
    }
}
