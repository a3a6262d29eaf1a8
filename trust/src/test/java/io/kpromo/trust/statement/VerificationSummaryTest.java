// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kpromo.oci.Digest;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.statement.VerificationSummary.InputAttestation;
import io.kpromo.trust.statement.VerificationSummary.PolicyOrigin;
import io.kpromo.trust.statement.VerificationSummary.VerifiedBy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class VerificationSummaryTest {
    private static final Digest DIGEST = Digest.sha256("image".getBytes(StandardCharsets.UTF_8));
    private static final Digest BUNDLE = Digest.sha256("bundle".getBytes(StandardCharsets.UTF_8));

    @Test
    void aSummaryHasTheFieldsThatSlsaNames() {
        assertThat(summary(true, VerificationSummary.buildLevel(3), VerificationSummary.MANIFEST_REVIEWED)
                        .statement()
                        .predicate()
                        .toString())
                .isEqualTo("{\"verifier\":{\"id\":\"https://k8s.io/promo-tools/verifier/v1\","
                        + "\"version\":{\"kpromo\":\"v1\"}},\"timeVerified\":\"2026-11-01T10:00:00Z\","
                        + "\"resourceUri\":\"registry.k8s.io/pause@" + DIGEST + "\","
                        + "\"policy\":{\"uri\":\"git+https://github.com/o/r#p.yaml\",\"digest\":{\"gitCommit\":\"abc\"}},"
                        + "\"inputAttestations\":[{\"uri\":\"gcr.io/s/pause@" + BUNDLE + "\","
                        + "\"digest\":{\"sha256\":\"" + BUNDLE.hex() + "\"}}],"
                        + "\"verificationResult\":\"PASSED\","
                        + "\"verifiedLevels\":[\"SLSA_BUILD_LEVEL_3\",\"K8S_PROMOTION_MANIFEST_REVIEWED\"],"
                        + "\"slsaVersion\":\"1.0\"}");
    }

    @Test
    void summariesAreReadBack() {
        for (VerificationSummary summary :
                List.of(summary(true, VerificationSummary.LEVEL_UNEVALUATED), summary(false, "FAILED"))) {
            assertThat(VerificationSummary.of(
                            Statement.parse(summary.statement().json())))
                    .isEqualTo(summary);
        }
    }

    @Test
    void aFailedSummaryClaimsNoLevel() {
        assertThatIllegalArgumentException().isThrownBy(() -> summary(true, "SLSA_BUILD_LEVEL_1", "FAILED"));
        assertThatIllegalArgumentException().isThrownBy(() -> summary(false, "SLSA_BUILD_LEVEL_1"));
        assertThatIllegalArgumentException().isThrownBy(() -> summary(false, "FAILED", "SLSA_BUILD_LEVEL_1"));
    }

    @Test
    void whatAnotherVerifierClaimsOfAFailureDoesNotCount() {
        ObjectNode predicate = predicate(summary(false, "FAILED"));
        predicate.putArray("verifiedLevels").add("SLSA_BUILD_LEVEL_3");

        assertThat(read(predicate).passed()).isFalse();
        assertThat(read(predicate).levels()).containsExactly("FAILED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "verificationResult | passed | has the result passed, neither PASSED nor FAILED",
                "verifiedLevels     | L3     | verifiedLevels is not a list",
                "policy             | x      | policy is not an object",
                "verifier           | x      | verifier is not an object",
                "timeVerified       | now    | has no time as timeVerified: now",
            })
    void aMalformedSummaryIsRefused(String field, String value, String said) {
        ObjectNode predicate = predicate(summary(true, "SLSA_BUILD_LEVEL_1"));
        predicate.put(field, value);

        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> read(predicate))
                .withMessageContaining(said);
    }

    @Test
    void aSummaryThatPassedAndFailedIsRefused() {
        ObjectNode predicate = predicate(summary(false, "FAILED"));
        predicate.put("verificationResult", "PASSED");

        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> read(predicate))
                .withMessageContaining("has passed and has the level FAILED");
    }

    private static VerificationSummary summary(boolean passed, String... levels) {
        return new VerificationSummary(
                "registry.k8s.io/pause",
                DIGEST,
                new VerifiedBy("https://k8s.io/promo-tools/verifier/v1", Map.of("kpromo", "v1")),
                Instant.parse("2026-11-01T10:00:00Z"),
                new PolicyOrigin("git+https://github.com/o/r#p.yaml", Optional.of("abc")),
                passed,
                List.of(levels),
                List.of(new InputAttestation("gcr.io/s/pause@" + BUNDLE, BUNDLE)));
    }

    private static ObjectNode predicate(VerificationSummary summary) {
        return (ObjectNode) summary.statement().predicate();
    }

    private static VerificationSummary read(ObjectNode predicate) {
        return VerificationSummary.of(new Statement(
                List.of(Subject.of("registry.k8s.io/pause", DIGEST)), PredicateTypes.VERIFICATION_SUMMARY, predicate));
    }
}
