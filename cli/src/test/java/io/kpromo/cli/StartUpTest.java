// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Start-up is a feature: what is asked for all day loads nothing of the rooms.
class StartUpTest {
    private static final List<String> ROOMS = List.of(
            "io.kpromo.oci.",
            "io.kpromo.files.",
            "io.kpromo.forge.",
            "io.kpromo.images.",
            "io.kpromo.registry.",
            "io.kpromo.release.",
            "io.kpromo.trust.",
            "org.bouncycastle.",
            "io.kpromo.yaml.",
            "tools.jackson.",
            "com.google.re2j.",
            "org.eclipse.jgit.",
            "java.net.Socket",
            "javax.net.",
            "javax.crypto.",
            "sun.security.ssl.");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version",
                "version --json",
                "--help",
                "cip --help",
                "ls --help",
                "audit --help",
                "verify --help",
                "sigcheck --help",
                "attestations --help",
                "keys generate --help",
                "pr --help",
                "release --help",
                "release show --help",
                "completion bash",
                "no-such-command"
            })
    void noRoomIsOpenedToAnswer(String words) throws IOException, InterruptedException {
        assertThat(loadedFor(words))
                .filteredOn(name -> ROOMS.stream().anyMatch(name::startsWith))
                // Types that the verifier asks for, to see that one is the other; nothing of them runs.
                .filteredOn(name -> !name.endsWith("Exception")
                        && !name.endsWith("PromotionListener")
                        && !name.endsWith("AttachmentReader")
                        && !name.endsWith("release.steps.Standing")
                        && !name.startsWith("io.kpromo.release.steps.Walk$"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls localhost:1/a", "cip --manifest /dev/null --parse-only", "registry serve --listen x:y"})
    void whoeverSignsAndVerifiesNothingOpensNothingOfTrust(String words) throws IOException, InterruptedException {
        assertThat(loadedFor(words))
                .filteredOn(name -> name.startsWith("io.kpromo.trust.") || name.startsWith("org.bouncycastle."))
                .filteredOn(name -> !name.endsWith("Exception"))
                .isEmpty();
    }

    @Test
    void theTestWouldSeeARoom() throws IOException, InterruptedException {
        assertThat(loadedFor("ls localhost:1/a:b")).anyMatch(name -> name.startsWith("io.kpromo.oci."));
    }

    private static Stream<String> loadedFor(String words) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.concat(
                        Stream.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-Xlog:class+load:stdout",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()),
                        Stream.of(words.split(" ", -1)))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.lines()
                .filter(line -> line.contains("[class,load]"))
                .map(line -> line.replaceFirst("^(\\[[^]]*])+ (\\S+) .*$", "$2"));
    }
}
