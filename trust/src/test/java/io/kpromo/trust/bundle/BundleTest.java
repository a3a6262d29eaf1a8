// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.statement.Envelope;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    private static final Envelope ENVELOPE =
            new Envelope("t", Bytes.of("payload"), List.of(new Envelope.Signature("", Bytes.of("signature"))));
    private static final String ENVELOPE_JSON = "\"dsseEnvelope\":{\"payload\":\"cGF5bG9hZA==\",\"payloadType\":\"t\","
            + "\"signatures\":[{\"sig\":\"c2lnbmF0dXJl\"}]}}";
    private static final String START =
            "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"," + "\"verificationMaterial\":";

    @Test
    void aBundleOfAKeyIsWrittenAsCosignDoesAndReadBack() {
        Bundle bundle = new Bundle(new Material.PublicKeyHint("aGludA=="), List.of(), List.of(), ENVELOPE);

        assertThat(bundle.json().text()).isEqualTo(START + "{\"publicKey\":{\"hint\":\"aGludA==\"}}," + ENVELOPE_JSON);
        assertThat(Bundle.parse(bundle.json())).isEqualTo(bundle);
    }

    @Test
    void aBundleWithAllThatItCanHoldIsReadBack() {
        var proof = new LogEntry.InclusionProof(
                (1L << 53) + 1, Bytes.of("root"), Long.MAX_VALUE, List.of(Bytes.of("h1"), Bytes.of("h2")), "note\n");
        Bundle bundle = new Bundle(
                new Material.Certificates(List.of(Bytes.of("leaf"))),
                List.of(
                        new LogEntry(
                                7,
                                Bytes.of("log"),
                                "hashedrekord",
                                "0.0.1",
                                1_700_000_000,
                                Optional.of(Bytes.of("promise")),
                                Optional.of(proof),
                                Bytes.of("{}")),
                        new LogEntry(
                                0,
                                Bytes.of("2"),
                                "dsse",
                                "0.0.2",
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                Bytes.of(""))),
                List.of(Bytes.of("timestamp")),
                ENVELOPE);

        assertThat(Bundle.parse(bundle.json())).isEqualTo(bundle);
        assertThat(bundle.json().text())
                .contains("\"logIndex\":\"9007199254740993\"", "\"integratedTime\":\"1700000000\"")
                .doesNotContain("\"0\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "0.2", "0.3"})
    void olderBundlesWithAChainAreRead(String version) {
        Bundle bundle = Bundle.parse(Bytes.of("""
                {"mediaType":"application/vnd.dev.sigstore.bundle+json;version=%s","verificationMaterial":
                 {"x509CertificateChain":{"certificates":[{"rawBytes":"bGVhZg=="},{"rawBytes":"cm9vdA=="}]},
                  "tlogEntries":[{"logIndex":"5","logId":{"keyId":"bG9n"},"integratedTime":9,"inclusionPromise":null}]},
                """.formatted(version) + ENVELOPE_JSON));

        assertThat(bundle.material()).isEqualTo(new Material.Certificates(List.of(Bytes.of("leaf"), Bytes.of("root"))));
        assertThat(bundle.entries().getFirst().logIndex()).isEqualTo(5);
        assertThat(bundle.entries().getFirst().integratedTime()).isEqualTo(9);
        assertThat(Bundle.parse(bundle.json()).material())
                .as("version 0.3 holds the leaf alone")
                .isEqualTo(new Material.Certificates(List.of(Bytes.of("leaf"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {}                                                    | verificationMaterial has to hold one of
                    {"publicKey":{},"certificate":{"rawBytes":""}}        | verificationMaterial has to hold one of
                    {"certificate":{}}                                    | verificationMaterial.certificate.rawBytes is missing
                    {"x509CertificateChain":{"certificates":[]}}          | holds a chain of no certificates
                    {"publicKey":"x"}                                     | verificationMaterial.publicKey is not an object
                    {"publicKey":{},"tlogEntries":[[]]}                   | verificationMaterial.tlogEntries[0] is not an object
                    {"publicKey":{},"tlogEntries":[{}]}                   | verificationMaterial.tlogEntries[0].logId is missing
                    {"publicKey":{},"tlogEntries":[{"logId":{"keyId":"!"}}]} | tlogEntries[0].logId.keyId is not base64
                    {"publicKey":{},"tlogEntries":[{"logId":{"keyId":""},"logIndex":"x"}]} | logIndex is not a whole number
                    {"publicKey":{},"timestampVerificationData":{"rfc3161Timestamps":[{}]}} | signedTimestamp is missing
                    """)
    void wrongMaterialIsRefused(String material, String said) {
        refused(START + material + "," + ENVELOPE_JSON, said);
    }

    @Test
    void whatIsNoBundleOfAStatementIsRefused() {
        refused(START + "{\"publicKey\":{}}}", "dsseEnvelope is missing");
        refused(START + "{\"publicKey\":{}},\"messageSignature\":{}}", "it signs a file, not a statement");
        refused("{\"mediaType\":\"text/plain\"}", "it has a media type other than those of versions 0.1 to 0.3");
        refused("{\"verificationMaterial\":{}}", "mediaType is missing");
    }

    @Test
    void aBundleWithMoreLogEntriesThanAnybodyMakesIsRefused() {
        String entry = "{\"logId\":{\"keyId\":\"bG9n\"}}";
        refused(
                START + "{\"publicKey\":{},\"tlogEntries\":[" + (entry + ",").repeat(32) + entry + "]},"
                        + ENVELOPE_JSON,
                "tlogEntries has 33 members, more than 32");
    }

    private static void refused(String json, String said) {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> Bundle.parse(Bytes.of(json)))
                .withMessageContaining(said);
    }
}
