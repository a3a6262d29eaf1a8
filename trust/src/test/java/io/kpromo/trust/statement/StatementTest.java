// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kpromo.oci.Digest;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {
    private static final Digest DIGEST = Digest.sha256("image".getBytes(StandardCharsets.UTF_8));
    private static final Digest OTHER = Digest.sha256("other".getBytes(StandardCharsets.UTF_8));

    @Test
    void aStatementIsWrittenAsVersion1AndReadBack() {
        Statement statement = new Statement(
                List.of(Subject.of("registry.k8s.io/pause", DIGEST)),
                PredicateTypes.PROMOTION_RECORD,
                JsonText.object().put("digest", DIGEST.toString()));

        assertThat(statement.json().text())
                .isEqualTo("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":"
                        + "\"registry.k8s.io/pause\",\"digest\":{\"sha256\":\"" + DIGEST.hex() + "\"}}],"
                        + "\"predicateType\":\"https://k8s.io/promo-tools/promotion/v1\","
                        + "\"predicate\":{\"digest\":\"" + DIGEST + "\"}}");
        assertThat(Statement.parse(statement.json())).isEqualTo(statement);
    }

    @Test
    void aStatementOfCosignWithoutNameAndWithAnnotationsIsRead() {
        Statement statement = parsed("""
                {"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"%s"},"annotations":{}}],
                 "predicateType":"https://sigstore.dev/cosign/sign/v1","predicate":{}}""".formatted(DIGEST.hex()));

        assertThat(statement.subjects()).containsExactly(new Subject(Optional.empty(), DIGEST));
        assertThat(statement.isAbout(DIGEST)).isTrue();
        assertThat(statement.isAbout(OTHER)).isFalse();
    }

    @Test
    void aStatementOfVersion01IsRead() {
        assertThat(parsed("""
                        {"_type":"https://in-toto.io/Statement/v0.1","subject":[{"name":"a","digest":{"sha256":"%s"}}],
                         "predicateType":"https://spdx.dev/Document","predicate":{"spdxVersion":"SPDX-2.3"}}""".formatted(DIGEST.hex()))
                        .predicate()
                        .path("spdxVersion")
                        .asString())
                .isEqualTo("SPDX-2.3");
    }

    @Test
    void digestsThatImagesDoNotHaveAreLeftOut() {
        Statement statement = parsed("""
                {"_type":"https://in-toto.io/Statement/v1","predicateType":"p","subject":[
                 {"name":"git","digest":{"gitCommit":"b0b2"}},
                 {"name":"image","digest":{"sha1":"00","sha256":"%s"}},{"name":"nothing"}]}""".formatted(DIGEST.hex()));

        assertThat(statement.subjects()).containsExactly(Subject.of("image", DIGEST));
        assertThat(statement.predicate()).isEqualTo(JsonText.object());
    }

    @Test
    void aStatementAboutOtherThingsAloneIsAboutNoImage() {
        assertThat(parsed("{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicateType\":\"p\","
                                + "\"subject\":[{\"digest\":{\"gitCommit\":\"b0b2\"}}]}")
                        .subjects())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"_type":"https://in-toto.io/Statement/v9"}                               | is of type "https://in-toto.io/Statement/v9"
                    {"subject":[]}                                                            | _type is missing
                    {"_type":["https://in-toto.io/Statement/v1"]}                             | _type is not a text
                    {"_type":"https://in-toto.io/Statement/v1"}                               | predicateType is missing
                    {"_type":"https://in-toto.io/Statement/v1","subject":{}}                  | subject is not a list
                    {"_type":"https://in-toto.io/Statement/v1","subject":[7]}                 | subject[0] is not an object
                    {"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":"x"}]}    | subject[0].digest is not an object
                    {"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"AB"}}]} | subject[0].digest holds no digest
                    {"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":5}}]} | subject[0].digest.sha256 is not a text
                    {"_type":"https://in-toto.io/Statement/v1","predicate":[],"predicateType":"p"} | predicate is not an object
                    {"_type":"https://in-toto.io/Statement/v1","predicateType":{}}            | predicateType is not a text
                    """)
    void whatIsNoStatementIsRefused(String text, String said) {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> parsed(text))
                .withMessageContaining(said);
    }

    @Test
    void anEnvelopeOfAnotherTypeHoldsNoStatement() {
        Envelope envelope = new Envelope("text/plain\n", Bytes.of("{}"), List.of());

        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> Statement.in(envelope))
                .withMessage("the envelope holds text/plain?, not application/vnd.in-toto+json");
    }

    private static Statement parsed(String text) {
        return Statement.parse(Bytes.of(text));
    }
}
