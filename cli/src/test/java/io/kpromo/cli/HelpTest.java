// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {
    /// Every command that can be called, by its words.
    static Stream<List<String>> commands() {
        Set<String> groups = Set.of("manifest", "keys", "registry", "release", "run");
        Stream<List<String>> release = ReleaseCommands.all().stream().map(entry -> List.of("release", entry.name()));
        Stream<List<String>> single =
                Commands.names().stream().filter(name -> !groups.contains(name)).map(List::of);
        return Stream.concat(
                Stream.concat(single, release),
                Stream.of(
                        List.of("run", "files"),
                        List.of("manifest", "validate"),
                        List.of("manifest", "files"),
                        List.of("keys", "generate"),
                        List.of("keys", "public"),
                        List.of("registry", "serve")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExamples(List<String> words) {
        String[] asked = Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new);
        Ran ran = kpromo(asked);
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("Usage:\n  kpromo " + String.join(" ", words))
                .contains("\nExamples:\n  ")
                .contains("Flags of every command:");
        assertThat(ran.out().lines()).allMatch(line -> line.length() <= 120);
        String[] other = Stream.concat(Stream.of("help"), words.stream()).toArray(String[]::new);
        assertThat(kpromo(other).out()).isEqualTo(ran.out());
    }

    @Test
    void theFirstPageListsAllCommands() throws IOException {
        assertThat(kpromo("--help").out()).isEqualTo(golden("help.txt"));
        assertThat(kpromo().out()).isEqualTo(golden("help.txt"));
    }

    @Test
    void theFlagsOfCipAreThoseThatScriptsUse() throws IOException {
        assertThat(kpromo("cip", "--help").out()).isEqualTo(golden("cip-help.txt"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = HelpTest.class.getResourceAsStream(name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
