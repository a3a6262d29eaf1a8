// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistanceTest {
    @Test
    void wordsAreAsFarApartAsTheCharactersThatDiffer() {
        assertThat(Distance.between("v1.2.3", "v1.2.3")).isZero();
        assertThat(Distance.between("v1.2.3", "v1.2.4")).isEqualTo(1);
        assertThat(Distance.between("v1.2.3", "1.2.3-1")).isEqualTo(3);
        assertThat(Distance.between("", "abc")).isEqualTo(3);
        assertThat(Distance.between("kitten", "sitting")).isEqualTo(3);
    }
}
