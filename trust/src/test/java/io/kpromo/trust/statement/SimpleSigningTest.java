// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kpromo.oci.Digest;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimpleSigningTest {
    private static final Digest DIGEST = Digest.sha256("image".getBytes(StandardCharsets.UTF_8));
    private static final String CRITICAL =
            "{\"critical\":{\"identity\":{\"docker-reference\":\"registry.k8s.io/pause\"},"
                    + "\"image\":{\"docker-manifest-digest\":\"" + DIGEST + "\"},"
                    + "\"type\":\"cosign container image signature\"},\"optional\":";

    @Test
    void thePayloadHasOneFormWhateverTheOrderOfItsParts() {
        var payload = new SimpleSigning("registry.k8s.io/pause", DIGEST, Map.of("b", "2", "a", "1", "c", "<3"));

        assertThat(payload.bytes().text()).isEqualTo(CRITICAL + "{\"a\":\"1\",\"b\":\"2\",\"c\":\"<3\"}}");
        assertThat(SimpleSigning.parse(payload.bytes())).isEqualTo(payload);
    }

    @Test
    void aPayloadWithNothingMoreToSayIsCosigns() {
        var payload = new SimpleSigning("registry.k8s.io/pause", DIGEST, Map.of());

        assertThat(payload.bytes().text()).isEqualTo(CRITICAL + "null}");
        assertThat(SimpleSigning.parse(payload.bytes())).isEqualTo(payload);
    }

    @Test
    void whatElseIsSaidMayBeAnything() {
        assertThat(SimpleSigning.parse(Bytes.of(CRITICAL + "{\"t\":16,\"o\":{\"x\":[1]},\"n\":null}}"))
                        .optional())
                .isEqualTo(Map.of("t", "16", "o", "{\"x\":[1]}", "n", "null"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"optional":{}}                                                   | critical is missing
                    {"critical":{"type":"atomic container signature"}}                | is of type "atomic container signature"
                    {"critical":{"type":"cosign container image signature"}}          | critical.identity is missing
                    {"critical":{"type":"cosign container image signature","identity":{}}} | critical.image is missing
                    {"critical":{"type":"cosign container image signature","identity":{},"image":{}}} | critical.image.docker-manifest-digest is missing
                    {"critical":{"type":"cosign container image signature","identity":{},"image":{"docker-manifest-digest":"sha256:1"}}} | critical.image holds no digest
                    """)
    void whatIsNoPayloadIsRefused(String text, String said) {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> SimpleSigning.parse(Bytes.of(text)))
                .withMessageContaining(said);
    }
}
