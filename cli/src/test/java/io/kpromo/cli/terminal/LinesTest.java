// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final long SECOND = 1_000_000_000L;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(err, true, StandardCharsets.UTF_8));

    @Test
    void aLineComesEveryTenSecondsOrEveryTenth() {
        Lines lines = new Lines(log(Log.Format.TEXT));
        lines.show(at(1, 5, 100)); // too early
        lines.show(at(3, 20, 100)); // a tenth
        lines.show(at(4, 40, 100)); // a tenth, but just a second later
        lines.show(at(13, 41, 100)); // ten seconds
        lines.show(at(14, 42, 100));
        assertThat(written().lines())
                .containsExactly(
                        "promoting: 20 of 100 edges (20 %), 7 requests, 12.0 s left",
                        "promoting: 41 of 100 edges (41 %), 7 requests, 19.0 s left");
    }

    @Test
    void whatHappensToFilesIsToldStageByStage() {
        Lines lines = new Lines(log(Log.Format.TEXT));
        for (Tally.Stage stage : Tally.Stage.values()) {
            lines.show(new Tally.Now(Tally.Matter.FILES, stage, 100, 20, 0, 0, 3000, 0, 7, 3 * SECOND, List.of(), 0));
        }
        assertThat(written().lines())
                .containsExactly(
                        "looking for files: 20 of 100 questions (20 %), 3.00 kB sent, 7 requests, 12.0 s left",
                        "promoting: 20 of 100 edges (20 %), 3.00 kB sent, 1.00 kB/s, 7 requests, 12.0 s left",
                        "looking for signatures: 20 of 100 files (20 %), 3.00 kB sent, 7 requests, 12.0 s left",
                        "signing: 20 of 100 files (20 %), 3.00 kB sent, 7 requests, 12.0 s left");
    }

    @Test
    void asJsonEachLineIsAnObject() {
        new Lines(log(Log.Format.JSON)).show(at(11, 5, 100));
        assertThat(written())
                .isEqualTo("{\"time\":\"2026-11-23T02:00:00Z\",\"level\":\"info\",\"message\":"
                        + "\"promoting: 5 of 100 edges (5 %), 7 requests, 3m29s left\"}\n");
    }

    @Test
    void aMessageCannotForgeALine() {
        log(Log.Format.TEXT).warn("a\nerror: b\u001b[31m");
        assertThat(written()).isEqualTo("warning: a error: b [31m\n");
    }

    @Test
    void onlyWhatTheLevelLetsThroughIsWritten() {
        Log log = new Log(screen, Log.Level.ERROR, Log.Format.TEXT, Clock.systemUTC());
        log.info("no");
        log.warn("no");
        log.error("yes");
        assertThat(written()).isEqualTo("error: yes\n");
    }

    private Log log(Log.Format format) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T02:00:00Z"), ZoneOffset.UTC);
        return new Log(screen, Log.Level.INFO, format, clock);
    }

    private static Tally.Now at(long seconds, long done, long total) {
        return new Tally.Now(
                Tally.Matter.IMAGES, Tally.Stage.PROMOTE, total, done, 0, 0, 0, 0, 7, seconds * SECOND, List.of(), 0);
    }

    private String written() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
