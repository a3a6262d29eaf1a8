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
/// @param registry that the yardstick runs against; what is installed where none is asked for
/// @param check whether a missed bound is a failure
/// @param json where the figures go as JSON
record Options(
        Path kpromo,
        Set<Part> only,
        List<Long> delays,
        List<String> peers,
        Optional<RegistryProgram> registry,
        boolean check,
        Optional<Path> json) {
    static final String USAGE = """
            usage: bench [--kpromo FILE] [--only PART,...] [--delays MS,...] [--peers NAME,...|none]
                         [--registry docker|distribution|embedded] [--check] [--json FILE]
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
        SOAK,
        SIGNING,
        FILES,
        HASHING,
        DEPENDENCIES;

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
                Optional.empty(),
                false,
                Optional.empty());
    }

    /// @throws IllegalArgumentException with a line that says what is wrong
    static Options parse(List<String> arguments) {
        Options options = standard();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            options = switch (name) {
                case "--check" -> options.withCheck();
                case "--kpromo", "--json", "--only", "--delays", "--peers", "--registry" -> {
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
            case "--kpromo" -> new Options(Path.of(value), only, delays, peers, registry, check, json);
            case "--json" -> new Options(kpromo, only, delays, peers, registry, check, Optional.of(Path.of(value)));
            case "--peers" -> new Options(kpromo, only, delays, words(value), registry, check, json);
            case "--only" -> new Options(kpromo, parts(value), delays, peers, registry, check, json);
            case "--registry" ->
                new Options(kpromo, only, delays, peers, Optional.of(RegistryProgram.named(value)), check, json);
            default -> {
                List<Long> milliseconds =
                        words(value).stream().map(Long::valueOf).toList();
                yield new Options(kpromo, only, milliseconds, peers, registry, check, json);
            }
        };
    }

    private static List<String> words(String value) {
        return List.of(value.split(",", -1));
    }

    private static Set<Part> parts(String value) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String title : words(value)) {
            parts.add(Stream.of(Part.values())
                    .filter(part -> part.title().equals(title))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no part " + title)));
        }
        return parts;
    }

    private Options withCheck() {
        return new Options(kpromo, only, delays, peers, registry, true, json);
    }
}
