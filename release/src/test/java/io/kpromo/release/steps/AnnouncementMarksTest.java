// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import static io.kpromo.release.steps.AnnouncementMarks.Mark.BEGUN;
import static io.kpromo.release.steps.AnnouncementMarks.Mark.NONE;
import static io.kpromo.release.steps.AnnouncementMarks.Mark.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnnouncementMarksTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String SLACK = "Slack (SLACK_WEBHOOK)";
    private static final String LIST = "dev@example.com";

    @Test
    void aPlaceIsBegunThenSent() {
        AnnouncementMarks none = new AnnouncementMarks("- [ ] Announcement");
        AnnouncementMarks begun = none.begun(SLACK, NOON);
        AnnouncementMarks sent = begun.sent(SLACK, NOON);

        assertThat(none.of(SLACK)).isEqualTo(NONE);
        assertThat(begun.of(SLACK)).isEqualTo(BEGUN);
        assertThat(sent.of(SLACK)).isEqualTo(SENT);
        assertThat(sent.of(LIST)).isEqualTo(NONE);
        assertThat(sent.body()).isEqualTo("""
            - [ ] Announcement
            <!-- kpromo: announced to Slack _SLACK_WEBHOOK_ at 2026-11-23T12:00:00Z -->
            """);
    }

    @Test
    void whatDidNotGoOutLeavesNothing() {
        assertThat(new AnnouncementMarks("text\r\n")
                        .begun(LIST, NOON)
                        .without(LIST)
                        .body())
                .isEqualTo("text\r\n");
    }

    /// As the advice says that a person may do.
    @Test
    void aWordThatAPersonChangedCounts() {
        String body = new AnnouncementMarks("").begun(LIST, NOON).body().replace("announcing", "announced");

        assertThat(new AnnouncementMarks(body).of(LIST)).isEqualTo(SENT);
    }

    @Test
    void namesOfPlacesCannotEndTheComment() {
        String hostile = "a --> <script> -- $1";
        AnnouncementMarks begun = new AnnouncementMarks("").begun(hostile, NOON);

        assertThat(begun.body()).containsOnlyOnce("-->").doesNotContain("<script");
        assertThat(begun.sent(hostile, NOON).of(hostile)).isEqualTo(SENT);
    }
}
