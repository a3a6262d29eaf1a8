// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TagOrderTest {
    /// In the right order: SemVer 2.0.0, 11.4 has the middle part as its example.
    private static final List<String> SORTED = List.of(
            "build-2",
            "build-10",
            "latest",
            "sha256-00",
            "v0.9",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1",
            "1.0.0",
            "v1.0.0",
            "v1.9.9",
            "v1.10",
            "v1.10.1",
            "2",
            "20260101",
            "99999999999999999999999999.0.0");

    @Test
    void versionsComeByPrecedenceAndAfterOtherTags() {
        List<String> shuffled = new ArrayList<>(SORTED);
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(shuffled.stream().sorted(new TagOrder())).containsExactlyElementsOf(SORTED);
        }
    }

    @Test
    void differentTagsAreNeverEqual() {
        assertThat(new TagOrder().compare("v1.0.0", "1.0.0")).isNotZero();
        assertThat(new TagOrder().compare("a01", "a1")).isNotZero();
        assertThat(new TagOrder().compare("1.0", "1.0")).isZero();
    }
}
