// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void aShellSeesOneWordAndNothingElse() throws Exception {
        for (String word :
                List.of("v1.2.3", "a/b:c@d", "o'brien", "$(id)", "a b", "", "`x`", "--x", "a\nb", "é", "~")) {
            Process shell = new ProcessBuilder("sh", "-c", "printf %s " + Words.shell(word)).start();
            assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(word);
        }
        assertThat(Words.shell("v1.2.3-1")).isEqualTo("v1.2.3-1");
    }
}
