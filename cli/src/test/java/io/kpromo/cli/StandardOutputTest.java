// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Where results go, as far as they get there.
class StandardOutputTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void whatCannotBeWrittenIsAFailure() {
        assertThat(ended(breakingOffWith("No space left on device"), ExitCode.DONE))
                .isEqualTo(ExitCode.FAILED.number());
        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("error: standard output is not complete: No space left on device\n");
    }

    @Test
    void whatElseWentWrongCountsForMore() {
        assertThat(ended(breakingOffWith("No space left on device"), ExitCode.REFUSED))
                .isEqualTo(ExitCode.REFUSED.number());
    }

    @Test
    void whoReadsNoFurtherMissesNothing() {
        assertThat(ended(breakingOffWith("Broken pipe"), ExitCode.DONE)).isZero();
        assertThat(said.size()).isZero();
    }

    @Test
    void whatIsWrittenArrives() {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        assertThat(ended(sink, ExitCode.DONE)).isZero();
        assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("a result\n");
        assertThat(said.size()).isZero();
    }

    private int ended(OutputStream sink, ExitCode code) {
        StandardOutput output = new StandardOutput(sink);
        PrintStream out = output.stream();
        out.print("a result\n");
        return output.ended(code.number(), new PrintStream(said, true, StandardCharsets.UTF_8));
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
