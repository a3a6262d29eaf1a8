// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedRootTest {
    @Test
    void namesLogsAndAuthoritiesWithTheTimesTheyAreTrustedIn() {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        TrustedRoot root = sigstore.root();

        assertThat(root.log(sigstore.log.id())).isPresent();
        assertThat(root.certificateLogs()).hasSize(1);
        assertThat(root.certificateAuthorities().getFirst().chain()).hasSize(2);
        assertThat(root.timestampAuthorities().getFirst().validity().contains(sigstore.now()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                           | is not a JSON object
            {                            | is not JSON
            {}                           | is not of media type
            {"mediaType":"text/plain"}   | is not of media type
            {"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","tlogs":{}}  | tlogs is not a list
            {"mediaType":"application/vnd.dev.sigstore.trustedroot.v0.2+json","tlogs":[{}]}       | tlogs[0].publicKey is
            {"mediaType":"application/vnd.dev.sigstore.trustedroot.v0.2+json","certificateAuthorities":[{"certChain":{"certificates":[{"rawBytes":"AAAA"}]}}]} | certificates[0] is no certificate
            """)
    void whatIsNoneSaysWhereAndWhy(String json, String why) {
        assertThatThrownBy(() -> TrustedRoot.parse(Bytes.of(json), "root.json"))
                .isInstanceOf(TrustException.class)
                .hasMessageStartingWith("the root.json is not valid")
                .hasMessageContaining(why);
    }

    @Test
    void aLogWithAKeyOfAKindFromTheFutureIsLeftOut() {
        String json = """
                {"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","tlogs":[
                 {"publicKey":{"rawBytes":"AAAA","keyDetails":"ML_DSA_65"},"logId":{"keyId":"AAAA"}}]}""";

        assertThat(TrustedRoot.parse(Bytes.of(json), "root.json").logs()).isEmpty();
    }

    @Test
    void aValidityHoldsBothItsEnds() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Validity validity = new Validity(start, Optional.of(start.plusSeconds(10)));

        assertThat(validity.contains(start)).isTrue();
        assertThat(validity.contains(start.plusSeconds(10))).isTrue();
        assertThat(validity.contains(start.minusMillis(1))).isFalse();
        assertThat(validity.contains(start.plusMillis(10_001))).isFalse();
    }
}
