// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void numbersAreReadAsNumbersAndAsTextsAndAreZeroWhenMissing() {
        Json json = Json.read("thing", Bytes.of("{\"a\":7,\"b\":\"9007199254740993\",\"c\":null}"));

        assertThat(json.number("a")).isEqualTo(7);
        assertThat(json.number("b")).isEqualTo(9007199254740993L);
        assertThat(json.number("c")).isZero();
        assertThat(json.number("d")).isZero();
    }

    @Test
    void bytesAreReadInBothAlphabetsWithAndWithoutPadding() {
        Json json = Json.read("thing", Bytes.of("{\"a\":\"+/8=\",\"b\":\"-_8\",\"c\":\"not base64!\"}"));

        assertThat(json.bytes("a")).isEqualTo(json.bytes("b"));
        refused(() -> json.bytes("c"), "the thing is not valid: c is not base64");
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Json json = Json.read("thing", Bytes.of("{\"a\":{\"list\":[\"x\",5]}}"));

        refused(
                () -> json.object("a").list("list", 10).get(1).asText(),
                "the thing is not valid: a.list[1] is not a text");
        refused(() -> json.object("a").text("name"), "the thing is not valid: a.name is missing");
        refused(() -> json.object("a").list("list", 1), "the thing is not valid: a.list has 2 members, more than 1");
        refused(() -> json.text("a"), "the thing is not valid: a is not a text");
        refused(() -> json.list("a", 5), "the thing is not valid: a is not a list");
        refused(() -> json.object("a").number("list"), "the thing is not valid: a.list is not a text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "null", "{\"a\":1", "{\"a\":1}{}", "{\"a\":1,\"a\":2}", "{\"a\":'b'}"})
    void whatIsNoJsonObjectIsRefused(String text) {
        refused(() -> Json.read("thing", Bytes.of(text)), "the thing is not valid: it is not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "\"1e3\"", "9223372036854775808", "\"\"", "true", "1e99999999"})
    void whatIsNoWholeNumberIsRefused(String number) {
        refused(() -> Json.read("thing", Bytes.of("{\"n\":" + number + "}")).number("n"), "the thing is not valid: ");
    }

    @Test
    void aDeepDocumentIsRefused() {
        refused(() -> Json.read("thing", Bytes.of("{\"a\":" + "[".repeat(1_000_000))), "nesting depth");
        refused(() -> Json.read("thing", Bytes.of("{\"a\":".repeat(1_000_000))), "nesting depth");
    }

    @Test
    void aDocumentOfManySmallValuesIsRefusedBeforeItFillsTheMemory() {
        refused(() -> Json.read("thing", Bytes.of("{\"a\":[" + "[],".repeat(5_000_000) + "0]}")), "Token count");
    }

    @Test
    void aHugeDocumentIsRefusedUnread() {
        byte[] huge = new byte[JsonText.LARGEST + 1];
        Arrays.fill(huge, (byte) ' ');
        refused(() -> Json.read("thing", Bytes.of(huge)), "it has 33554433 bytes, more than 33554432");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading, String said) {
        assertThatExceptionOfType(TrustException.class).isThrownBy(reading).withMessageContaining(said);
    }
}
