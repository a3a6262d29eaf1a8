// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What to measure.
///
/// @param kpromo the launcher
/// @param only the parts to run
/// @param delays milliseconds added to each request of the yardstick
/// @param peers which programs of others run too, where they are installed
/// @param check whether a missed bound is a failure
/// @param json where the figures go as JSON
record Options(Path kpromo, Set<Part> only, List<Long> delays, List<String> peers, boolean check, Optional<Path> json) {
    static final String USAGE = """
            usage: bench [--kpromo FILE] [--only PART,...] [--delays MS,...] [--peers NAME,...|none] [--check] [--json FILE]
            parts: %s
            """.formatted(
                    String.join(", ", Stream.of(Part.values()).map(Part::title).toList()));

    Options {
        only = Set.copyOf(only);
        delays = List.copyOf(delays);
        peers = List.copyOf(peers);
    }

    /// The independent measurements.
    enum Part {
        YARDSTICK,
        LISTING,
        STARTUP,
        TREES,
        LARGE,
        SOAK;

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Options standard() {
        return new Options(
                Path.of("kpromo"),
                EnumSet.allOf(Part.class),
                List.of(20L, 100L),
                Peer.names(),
                false,
                Optional.empty());
    }

    /// @throws IllegalArgumentException with a line that says what is wrong
    static Options parse(List<String> arguments) {
        Options options = standard();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            options = switch (name) {
                case "--check" -> options.with(options.only, options.delays, options.peers, true);
                case "--kpromo", "--json", "--only", "--delays", "--peers" -> {
                    if (++i == arguments.size()) {
                        throw new IllegalArgumentException(name + " needs a value");
                    }
                    yield options.withValue(name, arguments.get(i));
                }
                default -> throw new IllegalArgumentException("unknown option " + name);
            };
        }
        return options;
    }

    private Options withValue(String name, String value) {
        return switch (name) {
            case "--kpromo" -> new Options(Path.of(value), only, delays, peers, check, json);
            case "--json" -> new Options(kpromo, only, delays, peers, check, Optional.of(Path.of(value)));
            case "--peers" -> with(only, delays, List.of(value.split(",", -1)), check);
            case "--only" -> with(parts(value), delays, peers, check);
            default ->
                with(only, Stream.of(value.split(",", -1)).map(Long::valueOf).toList(), peers, check);
        };
    }

    private static Set<Part> parts(String value) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String title : value.split(",", -1)) {
            parts.add(Stream.of(Part.values())
                    .filter(part -> part.title().equals(title))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no part " + title)));
        }
        return parts;
    }

    private Options with(Set<Part> parts, List<Long> milliseconds, List<String> others, boolean strict) {
        return new Options(kpromo, parts, milliseconds, others, strict, json);
    }
}
