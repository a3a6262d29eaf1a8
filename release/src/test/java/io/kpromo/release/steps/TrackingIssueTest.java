// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrackingIssueTest {
    private static final String LINK = "https://github.com/o/r/pull/7";

    @Test
    void aBoxIsTickedWithItsLinkAndAllElseStays() {
        String body = "# Release\r\n\r\n- [ ] Release Prep  \r\n- [ ] Image promotion\r\n\r\nBye\r\n";

        assertThat(new TrackingIssue(body).ticked("Image promotion", LINK).body())
                .isEqualTo(
                        "# Release\r\n\r\n- [ ] Release Prep  \r\n- [x] Image promotion: " + LINK + "\r\n\r\nBye\r\n");
    }

    @Test
    void aBoxThatIsTickedStaysAsItIs() {
        TrackingIssue once = new TrackingIssue("- [ ] Rollout").ticked("Rollout", LINK);

        assertThat(once.ticked("Rollout", "https://elsewhere.example/")).isEqualTo(once);
        assertThat(new TrackingIssue("* [X] Rollout by hand")
                        .ticked("Rollout by hand", LINK)
                        .body())
                .isEqualTo("* [X] Rollout by hand");
    }

    @Test
    void emphasisLinksAndRemarksAreNotPartOfAName() {
        assertThat(new TrackingIssue("  1. [ ] **[Rollout](docs/x.md)**: <!-- link -->")
                        .ticked("rollout", LINK)
                        .body())
                .isEqualTo("  1. [x] **[Rollout](docs/x.md)**: <!-- link --> " + LINK);
        assertThat(new TrackingIssue("- [ ] Rollout:").ticked("Rollout", LINK).body())
                .isEqualTo("- [x] Rollout: " + LINK);
    }

    @Test
    void aLongerNameIsAnotherBox() {
        String body = "- [ ] Release Prep\n- [ ] Releases\n";

        assertThat(new TrackingIssue(body).ticked("Release", LINK).body()).isEqualTo(body);
    }

    @Test
    void whatStandsInCodeIsNoBox() {
        String body = "````md\n```\n- [ ] Rollout\n```\n- [ ] Rollout\n````\n- [ ] Rollout\n";

        assertThat(new TrackingIssue(body).boxes()).containsExactly(new TrackingIssue.Box("Rollout", false));
        assertThat(new TrackingIssue(body).ticked("Rollout", LINK).body())
                .isEqualTo(body.substring(0, body.length() - 14) + "- [x] Rollout: " + LINK + "\n");
    }

    @Test
    void aNoteOfSeveralLinesCannotAddBoxes() {
        assertThat(new TrackingIssue("- [ ] Rollout\n")
                        .ticked("Rollout", "x\n- [x] Release\r\n")
                        .body())
                .isEqualTo("- [x] Rollout: x - [x] Release\n");
    }

    @Test
    void dollarsAndBackslashesOfNotesAreText() {
        assertThat(new TrackingIssue("- [ ] Rollout")
                        .ticked("Rollout", "$1\\$(id)")
                        .body())
                .isEqualTo("- [x] Rollout: $1\\$(id)");
    }
}
