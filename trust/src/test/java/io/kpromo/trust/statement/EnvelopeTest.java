// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeTest {
    @Test
    void anEnvelopeIsWrittenAndReadBack() {
        Envelope envelope = new Envelope(
                "text/plain",
                Bytes.of("hello"),
                List.of(new Envelope.Signature("", Bytes.of("one")), new Envelope.Signature("key 2", Bytes.of("two"))));

        assertThat(Envelope.parse(JsonText.write(envelope.json()))).isEqualTo(envelope);
    }

    @Test
    void whatIsSignedIsTypeAndPayloadWithTheirLengthsInBytes() {
        assertThat(Envelope.preAuthentication("http://example.com/HelloWorld", Bytes.of("hello wörld"))
                        .text())
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 12 hello wörld");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"payload":"aGk="}                                                | payloadType is missing
                    {"payloadType":"t","payload":"a b"}                               | payload is not base64
                    {"payloadType":"t","payload":{"a":1}}                             | payload is not a text
                    {"payloadType":"t","payload":"","signatures":"x"}                 | signatures is not a list
                    {"payloadType":"t","payload":"","signatures":["x"]}               | signatures[0] is not an object
                    {"payloadType":"t","payload":"","signatures":[{"keyid":"k"}]}     | signatures[0].sig is missing
                    """)
    void whatIsNoEnvelopeIsRefused(String text, String said) {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> Envelope.parse(Bytes.of(text)))
                .withMessageContaining(said);
    }

    @Test
    void anEnvelopeWithMoreSignaturesThanAnybodyMakesIsRefused() {
        String many = "{\"payloadType\":\"t\",\"payload\":\"\",\"signatures\":[" + "{\"sig\":\"\"},".repeat(100)
                + "{\"sig\":\"\"}]}";

        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> Envelope.parse(Bytes.of(many)))
                .withMessageContaining("signatures has 101 members, more than 100");
    }
}
