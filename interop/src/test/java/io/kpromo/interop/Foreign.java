// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program that others wrote, as `interop/peers` installs it.
///
/// @param program where it is
/// @param home where it finds settings and credentials
record Foreign(Path program, Path home) {
    private static final long LONGEST_SECONDS = 120;

    /// Gives up the test where the program is not installed.
    static Foreign program(String name, Path home) {
        Optional<Path> found = find(name);
        assumeTrue(found.isPresent(), name + " is not installed: run interop/peers");
        return new Foreign(found.orElseThrow(), home);
    }

    static Optional<Path> find(String name) {
        Map<String, String> environment = System.getenv();
        String peers =
                environment.getOrDefault("KPROMO_PEERS", environment.getOrDefault("HOME", "") + "/.cache/kpromo-peers");
        return Stream.concat(
                        Stream.of(Path.of(peers, "bin")),
                        Stream.of(environment.getOrDefault("PATH", "").split(":", -1))
                                .map(Path::of))
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Runs it to its end, which must be a good one.
    ///
    /// @return the bytes of its standard output
    byte[] run(Map<String, String> more, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(home, "foreign", ".out");
        Path err = Files.createTempFile(home, "foreign", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("DOCKER_CONFIG", home.toString());
        builder.environment().putAll(more);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0)
                    .as(String.join(" ", command) + "\n" + Files.readString(err))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllBytes(out);
    }

    String text(String... arguments) throws IOException, InterruptedException {
        return new String(run(Map.of(), arguments), StandardCharsets.UTF_8).strip();
    }

    byte[] bytes(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }
}
