// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.InvalidNameException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\ud800",
                "\udc00",
                "\ud83d/\ude42",
                "\ude42\ud83d",
                "a\nb",
                "a\u007fb",
                "esc\u009b31m",
                "nel\u0085",
                "a\\b",
                "",
                "/a",
                "a/",
                "a//b",
                ".",
                "a/./b",
                "..",
                "a/../b"
            })
    void whatNoStoreWritesAsItStandsIsNoName(String text) {
        assertThatThrownBy(() -> new FileName(text)).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void allElseIs() {
        for (String text :
                new String[] {"...", "a..b", ".a", "\ud83d\ude42", "x\ud83d\ude42/\ud83d\ude42", "\u00a0", "~"}) {
            assertThat(new FileName(text)).hasToString(text);
        }
    }
}
