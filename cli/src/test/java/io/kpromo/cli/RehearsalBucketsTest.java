// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalBucketsTest {
    /// Few are asked for, many are listed.
    @ParameterizedTest
    @ValueSource(ints = {10, 100})
    void filesArePromotedOnBothKindsOfBuckets(int files, @TempDir Path folder) throws IOException {
        assertThat(RehearsalBuckets.rehearse(folder, files)).isTrue();
    }
}
