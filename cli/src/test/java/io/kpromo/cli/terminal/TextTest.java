// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void whatOthersSayReadsAsItLooks() {
        assertThat(Text.oneLine("a\u001b[2Jb\r\nc\u202ed\u2066e\u200bf\ufeffg\u2028h"))
                .isEqualTo("a [2Jb  c d e f g h");
        String joined = "\u0645\u06cc\u200c\u062e \ud83d\udc69\u200d\ud83d\udcbb";
        assertThat(Text.oneLine(joined)).isEqualTo(joined);
    }

    @Test
    void bytesAreShownInPowersOfThousand() {
        assertThat(Text.bytes(0)).isEqualTo("0 B");
        assertThat(Text.bytes(999)).isEqualTo("999 B");
        assertThat(Text.bytes(1000)).isEqualTo("1.00 kB");
        assertThat(Text.bytes(999_999)).isEqualTo("1.00 MB");
        assertThat(Text.bytes(4_294_967_296L)).isEqualTo("4.29 GB");
        assertThat(Text.bytes(Long.MAX_VALUE)).endsWith("PB");
    }

    @Test
    void timesAreAsExactAsTheyMatter() {
        assertThat(Text.time(850)).isEqualTo("850 ms");
        assertThat(Text.time(12_300)).isEqualTo("12.3 s");
        assertThat(Text.time(245_000)).isEqualTo("4m05s");
        assertThat(Text.time(7_800_000)).isEqualTo("2h10m");
    }

    @Test
    void countsHaveTheirNoun() {
        assertThat(Text.count(1, "edge")).isEqualTo("1 edge");
        assertThat(Text.count(1234, "edge")).isEqualTo("1,234 edges");
    }

    @Test
    void theNearestWordIsOneWithASlipOrItsBeginning() {
        List<String> words = List.of("version", "audit", "list-tags", "--confirm");
        assertThat(Text.nearest("verison", words)).contains("version");
        assertThat(Text.nearest("--confrim", words)).contains("--confirm");
        assertThat(Text.nearest("list", words)).contains("list-tags");
        assertThat(Text.nearest("promote", words)).isEmpty();
    }

    @Test
    void jsonStringsHideNothingAndBreakNothing() {
        assertThat(Text.quoted("a\"b\\c\nd\u0001é")).isEqualTo("\"a\\\"b\\\\c\\nd\\u0001é\"");
    }
}
