// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.cli.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where results go, as far as they get there.
class StandardOutputTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void whatCannotBeWrittenIsAFailure() {
        assertThat(ended(breakingOffWith("No space left on device"), "version")).isEqualTo(ExitCode.FAILED.number());
        assertThat(said()).isEqualTo("error: standard output is not complete: No space left on device\n");
    }

    @Test
    void whereAllIsToldAsJsonThisIsToo() {
        assertThat(ended(breakingOffWith("No space left on device"), "version", "--log-format=json"))
                .isEqualTo(ExitCode.FAILED.number());
        assertThat(said())
                .matches("\\{\"time\":\"[0-9T:.-]+Z\",\"level\":\"error\","
                        + "\"message\":\"standard output is not complete: No space left on device\"}\n");
    }

    @Test
    void whatElseWentWrongCountsForMore() {
        StandardOutput output = new StandardOutput(breakingOffWith("No space left on device"));
        output.stream().print("a result\n");
        assertThat(output.ended(ExitCode.REFUSED.number(), reason -> {})).isEqualTo(ExitCode.REFUSED.number());
    }

    @Test
    void whoReadsNoFurtherMissesNothing() {
        assertThat(ended(breakingOffWith("Broken pipe"), "version")).isZero();
        assertThat(said.size()).isZero();
    }

    @Test
    void whatIsWrittenArrives() {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        assertThat(ended(sink, "version")).isZero();
        assertThat(sink.toString(StandardCharsets.UTF_8)).startsWith("GitVersion:");
        assertThat(said.size()).isZero();
    }

    private int ended(OutputStream sink, String... words) {
        StandardOutput output = new StandardOutput(sink);
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        Console console = new Console(Map.of(), InputStream.nullInputStream(), output.stream(), err, false);
        return new Shell(console, Interrupt.none()).run(List.of(words), output);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static OutputStream breakingOffWith(String reason) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
