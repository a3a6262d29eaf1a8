// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarsTest {
    private static final long SECOND = 1_000_000_000L;
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(terminal, true, StandardCharsets.UTF_8));

    @Test
    void aFrameShowsHowFarItIsHowFastAndWhatIsUnderWay() {
        assertThat(bars(80, false).frame(now(3, 4, 1)))
                .containsExactly(
                        "Promoting #############################..........  75 %  3 of 4 edges  1 failed",
                        "  12.0 MB sent, 1.20 MB/s, 2.00 kB mounted, 128 requests, 3.0 s left",
                        "  > copy eu.example/app:1.0  12.0 s",
                        "    and 3 more");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 33, 40, 80, 119, 120, 200})
    void noLineIsWiderThanTheTerminal(int width) {
        assertThat(bars(width, true).frame(now(12_345, 1_000_000, 17)))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(width));
    }

    @Test
    void aLogLineGoesAboveTheBlockWhichIsDrawnAgain() {
        screen.draw(List.of("one", "two"));
        terminal.reset();
        screen.print("said\n");
        assertThat(written()).isEqualTo("\033[?2026h\033[2F\033[Jsaid\none\033[K\ntwo\033[K\n\033[?2026l");
    }

    @Test
    void theCursorIsGivenBackAtTheEnd() {
        Bars bars = bars(80, true);
        bars.show(now(1, 2, 0));
        assertThat(written()).startsWith("\033[?2026h\033[?25l");
        bars.end();
        assertThat(written()).endsWith("\033[J\033[?25h");
        terminal.reset();
        bars.end();
        assertThat(written()).isEmpty();
    }

    @Test
    void withoutABlockTheScreenWritesJustWhatItIsGiven() {
        screen.print("said\n");
        assertThat(written()).isEqualTo("said\n");
    }

    private String written() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    private Bars bars(int width, boolean unicode) {
        return new Bars(screen, new Bars.Look(() -> width, false, unicode));
    }

    static Tally.Now now(long done, long total, long failed) {
        List<Tally.Flight> flying = List.of(new Tally.Flight("copy eu.example/app:1.0", 12 * SECOND));
        return new Tally.Now(
                Tally.Matter.IMAGES,
                Tally.Stage.PROMOTE,
                total,
                done,
                failed,
                6_000_000,
                12_000_000,
                2_000,
                128,
                10 * SECOND,
                flying,
                3);
    }
}
