// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3OptionsTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 70 * MIB, 320_000 * MIB, 320_001 * MIB, 5L << 40, (5L << 40) + 1})
    void noFileHasMoreThanTenThousandParts(long size) {
        long part = S3Options.standard().partOf(size);

        assertThat(part).isGreaterThanOrEqualTo(32 * MIB).isLessThanOrEqualTo(5L << 30);
        assertThat(Math.ceilDiv(size, part)).isLessThanOrEqualTo(10_000);
        assertThat(part % MIB).isZero();
    }

    @Test
    void partsStayAsSmallAsTheyMay() {
        assertThat(S3Options.standard().partOf(320_000 * MIB)).isEqualTo(32 * MIB);
        assertThat(S3Options.standard().partOf(320_001 * MIB)).isEqualTo(33 * MIB);
    }

    @Test
    void partsHaveSumsUnlessTheStoreKnowsNone() {
        assertThat(S3Options.of(Map.of()).partSums()).isTrue();
        assertThat(S3Options.of(Map.of("AWS_REQUEST_CHECKSUM_CALCULATION", "when_supported"))
                        .partSums())
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> S3Options.standard().withPart(0));
    }
}
