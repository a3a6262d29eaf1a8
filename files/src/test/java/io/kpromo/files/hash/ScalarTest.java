// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "linux/amd64/kubectl",
                "v1.2.3",
                "1.2.3",
                "a b",
                "a+b",
                "a%20b",
                "a?b",
                "a#b",
                "-x",
                "a,b",
                "x[1]",
                "a{b}",
                "grün",
                "a'b",
                "a\"b",
                "yellow",
                "1.2.3.4",
                "01ab",
                "x:y",
                "2026-11",
                "0bad",
                "a0x1",
                "+.information",
                "="
            })
    void whatIsTextAnywayIsPlain(String text) {
        assertThat(Scalar.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "1.10|\"1.10\"",
                "0x1f|\"0x1f\"",
                "-0X1F|\"-0X1F\"",
                "0_x1f|\"0_x1f\"",
                "0b1010|\"0b1010\"",
                "+0o17|\"+0o17\"",
                "0123|\"0123\"",
                "0e12|\"0e12\"",
                "-.Inf|\"-.Inf\"",
                "1_000|\"1_000\"",
                "12e34|\"12e34\"",
                "yes|\"yes\"",
                "N|\"N\"",
                "null|\"null\"",
                "12:30|\"12:30\"",
                "2026-11-23|\"2026-11-23\"",
                "a: b|'a: b'",
                "a #b|'a #b'",
                "a:|'a:'",
                "'a'|'''a'''",
                "@scope/x|'@scope/x'",
                "*|'*'",
                "%41|'%41'",
                "---x|'---x'",
                "- x|'- x'",
                "😀|\"\\U0001F600\"",
                "\"1|'\"1'",
            })
    void whatYamlWouldReadOtherwiseIsQuoted(String text, String written) {
        assertThat(Scalar.of(text)).isEqualTo(written);
    }

    @Test
    void spacesAtTheEndsAreKept() {
        assertThat(Scalar.of(" a")).isEqualTo("' a'");
        assertThat(Scalar.of("a ")).isEqualTo("'a '");
    }

    @Property(tries = 200)
    void whatIsWrittenReadsAsItWas(@ForAll @StringLength(min = 1, max = 20) String text) {
        String name = text.codePoints()
                .filter(c -> !Character.isISOControl(c)
                        && Character.getType(c) != Character.SURROGATE
                        && c != 0xfffe
                        && c != 0xffff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (name.isEmpty()) {
            return;
        }
        List<String> read = new ArrayList<>();
        Problems problems = new Problems();
        byte[] yaml = ("name: " + Scalar.of(name) + "\n").getBytes(StandardCharsets.UTF_8);
        YamlReader.read(
                yaml,
                "x.yaml",
                problems,
                document -> document.mapping(
                        "a file", (key, place) -> document.text("name").ifPresent(read::add)));
        assertThat(read).containsExactly(name);
    }
}
