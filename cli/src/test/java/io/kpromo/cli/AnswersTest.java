// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.cli.terminal.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AnswersTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void anEmptyLineMeansYesAndOtherWordsAreAskedForAgain() throws Exception {
        Answers answers = answers(typed("\n n \nYES\nwhat\ny\n"), Duration.ofSeconds(20));
        assertThat(answers.to("First?")).isTrue();
        assertThat(answers.to("Second?")).isFalse();
        assertThat(answers.to("Third?")).isTrue();
        assertThat(answers.to("Fourth?")).isTrue();
        assertThat(answers.to("Fifth?")).isFalse();
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("Fourth? (Y/n) please answer y or n\nFourth? (Y/n) Fifth? (Y/n) no answer: taken as no");
    }

    @Test
    void whoDoesNotAnswerInTimeHasSaidNoToAllThatFollows() throws Exception {
        try (PipedOutputStream person = new PipedOutputStream();
                PipedInputStream terminal = new PipedInputStream(person)) {
            Answers answers = answers(terminal, Duration.ofMillis(10));
            assertThat(answers.to("Push?")).isFalse();
            person.write("y\ny\n".getBytes(StandardCharsets.UTF_8));
            person.flush();
            assertThat(answers.to("Create?")).isFalse();
        }
    }

    private Answers answers(InputStream in, Duration patience) {
        return new Answers(in, new Screen(new PrintStream(shown, true, StandardCharsets.UTF_8)), patience);
    }

    private static InputStream typed(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
