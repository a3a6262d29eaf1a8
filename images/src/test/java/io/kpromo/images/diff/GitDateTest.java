// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Dates as people give them to git. It is Wednesday, 2026-11-18, noon in Berlin.
final class GitDateTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-18T11:00:00Z"), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    7 days                        | 2026-11-11T11:00:00Z
                    24 hours                      | 2026-11-17T11:00:00Z
                    24 hours ago                  | 2026-11-17T11:00:00Z
                    2 weeks ago                   | 2026-11-04T11:00:00Z
                    2.weeks.ago                   | 2026-11-04T11:00:00Z
                    1 week 2 days ago             | 2026-11-09T11:00:00Z
                    1 month                       | 2026-10-18T10:00:00Z
                    a year ago                    | 2025-11-18T11:00:00Z
                    last week                     | 2026-11-11T11:00:00Z
                    Ten Minutes                   | 2026-11-18T10:50:00Z
                    90 seconds ago                | 2026-11-18T10:58:30Z
                    now                           | 2026-11-18T11:00:00Z
                    today                         | 2026-11-17T23:00:00Z
                    yesterday                     | 2026-11-17T11:00:00Z
                    friday                        | 2026-11-13T11:00:00Z
                    last fri                      | 2026-11-13T11:00:00Z
                    2026-11-01                    | 2026-10-31T23:00:00Z
                    2026-11-01 10:30              | 2026-11-01T09:30:00Z
                    2026-11-01T10:30:15           | 2026-11-01T09:30:15Z
                    2026-11-01T10:30:15Z          | 2026-11-01T10:30:15Z
                    2026-11-01 10:30:15 -0500     | 2026-11-01T15:30:15Z
                    2026-11-01T10:30:15+02:00     | 2026-11-01T08:30:15Z
                    Sun, 1 Nov 2026 10:30:15 +0100| 2026-11-01T09:30:15Z
                    1790000000                    | 2026-09-21T14:13:20Z
                    @0                            | 1970-01-01T00:00:00Z
                    999999 years                  | 1970-01-01T00:00:00Z
                    """)
    void aDateIsUnderstood(String text, Instant expected) {
        assertThat(GitDate.parse(text, CLOCK).instant()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "7",
                "days",
                "7 parsecs",
                "x days ago",
                "2026-13-01",
                "2026-02-30",
                "7 days 3",
                "ago",
                "2026-11-01T25:00",
                "99999999999 days",
                "Fri, nonsense"
            })
    void whatIsNoDateIsRefusedWithExamples(String text) {
        assertThatThrownBy(() -> GitDate.parse(text, CLOCK))
                .isInstanceOf(DiffException.class)
                .hasMessageContaining(
                        "\"" + text + "\" is not a date that is understood; write for example \"7 days\"");
    }
}
