// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellTest {
    @Test
    void versionSaysWhatRunsAndWhere() {
        Ran ran = kpromo("version");
        assertThat(ran.code()).isZero();
        assertThat(ran.out().lines().map(line -> line.split(":", 2)[0]))
                .containsExactly("GitVersion", "GitCommit", "GitTreeState", "BuildDate", "JavaVersion", "Platform");
        assertThat(ran.out()).contains(Runtime.version().toString());
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void versionAsJsonHasTheSameFacts() {
        assertThat(kpromo("version", "--json").out())
                .startsWith("{\n  \"gitVersion\": \"")
                .endsWith("\"\n}\n")
                .contains("\"javaVersion\": \"" + Runtime.version() + "\"");
        assertThat(kpromo("version", "--json=false").out()).startsWith("GitVersion:");
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheOneThatWasMeant() {
        Ran ran = kpromo("verson");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo("error: unknown command \"verson\"; did you mean \"version\"?; see kpromo --help\n");
    }

    @Test
    void anUnknownFlagIsAnsweredWithTheOneThatWasMeant() {
        Ran ran = kpromo("version", "--jsn=true");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .isEqualTo("error: unknown flag \"--jsn\"; did you mean \"--json\"?; see kpromo version --help\n");
    }

    @Test
    void theFlagsOfEveryCommandMayComeBeforeAndAfterItsName() {
        assertThat(kpromo("--log-level", "debug", "version").code()).isZero();
        assertThat(kpromo("version", "--log-level=debug").code()).isZero();
        assertThat(kpromo("version", "--log-level=loud").code()).isEqualTo(2);
    }

    @Test
    void theLastOfTwoEqualFlagsWins() {
        assertThat(kpromo("version", "--json", "--json=false").out()).startsWith("GitVersion:");
    }

    @Test
    void aStackTraceAppearsOnlyAtDebug() {
        assertThat(kpromo("help", "nothing").err().lines()).hasSize(1);
        assertThat(kpromo("help", "nothing", "--log-level=debug").err()).contains("\tat io.kpromo.cli");
    }

    @Test
    void errorsCanBeJsonToo() {
        assertThat(kpromo("--log-format=json", "help", "nothing").err())
                .matches(
                        "\\{\"time\":\"[0-9T:.-]+Z\",\"level\":\"error\",\"message\":\"no help for \\\\\"nothing\\\\\".*\"}\n");
    }

    @Test
    void anAtSignIsAWordLikeAnyOther() {
        assertThat(kpromo("@/etc/hostname").err()).contains("unknown command \"@/etc/hostname\"");
    }
}
