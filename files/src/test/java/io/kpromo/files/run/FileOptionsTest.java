// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileOptionsTest {
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void littleMemoryTakesFewerThreadsAndAtLeastOne() {
        FileOptions many = FileOptions.standard().withThreads(200);
        assertThat(many.within(40 * MEBIBYTE).threads()).isEqualTo(40);
        assertThat(many.within(MEBIBYTE / 2).threads()).isEqualTo(1);
    }

    @Test
    void whereMemoryIsEnoughThereAreAsManyThreadsAsWereAskedFor() {
        FileOptions options = FileOptions.standard().withThreads(40);
        assertThat(options.within(40 * MEBIBYTE)).isEqualTo(options);
        assertThat(options.within(Long.MAX_VALUE)).isEqualTo(options);
    }
}
