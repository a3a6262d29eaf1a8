// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Screen;
import io.kpromo.release.pr.Consent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Questions on standard error, answers from standard input: by a person or by a script. An empty line means yes;
/// an end of the input and no answer in time mean no.
final class Answers implements Consent {
    private static final Set<String> YES = Set.of("", "y", "yes");
    private static final Set<String> NO = Set.of("n", "no");
    private static final int TRIES = 3;

    private final BufferedReader in;
    private final Screen screen;
    private final Duration patience;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private boolean ended;

    /// @param patience how long a person may think about each answer
    Answers(InputStream in, Screen screen, Duration patience) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.screen = screen;
        this.patience = patience;
    }

    @Override
    public boolean to(String question) throws InterruptedException {
        for (int i = 0; i < TRIES && !ended; i++) {
            screen.print(question + " (Y/n) ");
            Optional<String> line = line();
            if (line.isEmpty()) {
                break;
            }
            String word = line.get().strip().toLowerCase(Locale.ROOT);
            if (YES.contains(word) || NO.contains(word)) {
                return YES.contains(word);
            }
            screen.print("please answer y or n\n");
        }
        screen.print((ended ? "no answer" : "no answer in time, or none that is y or n") + ": taken as no\n");
        return false;
    }

    /// Reading can't be interrupted everywhere, so a thread of its own does it, a line a question.
    private Optional<String> line() throws InterruptedException {
        Thread.ofVirtual().start(() -> lines.add(read()));
        Optional<Optional<String>> answer = Optional.ofNullable(lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        ended = answer.filter(Optional::isPresent).isEmpty();
        return answer.flatMap(line -> line);
    }

    private Optional<String> read() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
