// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
    @TempDir
    Path folder;

    @Test
    void bashCompletesCommandsFlagsAndValues() throws IOException, InterruptedException {
        assertThat(bash("kpromo", "ver")).isEqualTo("verify version");
        assertThat(bash("kpromo", "vers")).isEqualTo("version");
        assertThat(bash("kpromo", "registry", "")).startsWith("serve");
        assertThat(bash("kpromo", "cip", "--thin")).isEqualTo("--thin-manifest-dir");
        assertThat(bash("kpromo", "cip", "--output", "")).isEqualTo("yaml csv");
        assertThat(bash("kpromo", "cip", "--output", "=", "c")).isEqualTo("csv");
        assertThat(bash("kpromo", "cip", "--manifest", "")).isEmpty();
    }

    @Test
    void zshUnderstandsItsScript() throws IOException, InterruptedException {
        assertThat(checked("zsh", "-n")).isEmpty();
    }

    @Test
    void fishUnderstandsItsScript() throws IOException, InterruptedException {
        assertThat(checked("fish", "--no-execute")).isEmpty();
    }

    @Test
    void anotherShellIsToldWhichThereAre() {
        assertThat(kpromo("completion", "tcsh").err()).contains("is not one of bash, zsh, fish");
    }

    /// What bash would offer after these words.
    private String bash(String... words) throws IOException, InterruptedException {
        assumeTrue(there("bash"));
        Path script = Files.writeString(
                folder.resolve("kpromo.bash"), kpromo("completion", "bash").out());
        StringBuilder list = new StringBuilder();
        for (String word : words) {
            list.append(" '").append(word).append('\'');
        }
        String ask = "source " + script + "; COMP_WORDS=(" + list + "); COMP_CWORD=" + (words.length - 1)
                + "; _kpromo; echo \"${COMPREPLY[*]}\"";
        return run("bash", "-c", ask).strip();
    }

    private String checked(String shell, String flag) throws IOException, InterruptedException {
        assumeTrue(there(shell));
        String text = kpromo("completion", shell).out();
        assertThat(text).contains("thin-manifest-dir");
        return run(
                shell,
                flag,
                Files.writeString(folder.resolve("kpromo." + shell), text).toString());
    }

    private static boolean there(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1)).anyMatch(p -> Files.isExecutable(Path.of(p, program)));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
