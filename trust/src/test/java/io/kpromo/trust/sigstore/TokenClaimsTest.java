// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Identity;
import io.kpromo.trust.TextPattern;
import io.kpromo.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenClaimsTest {
    private static TokenClaims claims(String json) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        return TokenClaims.of(Secret.of("e30." + text + ".c2ln"));
    }

    private static ExpectedIdentity expected(String subject, String issuer) {
        return new ExpectedIdentity.Certificate(new TextPattern.Exactly(subject), new TextPattern.Exactly(issuer));
    }

    @Test
    void aTokenWithAnAddressSignsAsThat() {
        TokenClaims token = claims("{\"iss\":\"https://id.example\",\"sub\":\"1234\",\"email\":\"a@b.example\"}");

        assertThat(token.signer()).contains(new Identity.Certificate("a@b.example", "https://id.example"));
        assertThat(token.rulesOut(expected("a@b.example", "https://id.example")))
                .isFalse();
        assertThat(token.rulesOut(expected("1234", "https://id.example"))).isTrue();
        assertThat(token.rulesOut(expected("a@b.example", "https://other.example")))
                .isTrue();
    }

    @Test
    void whoVouchesBehindAnIssuerMayBeTheOneThatIsExpected() {
        TokenClaims token = claims("{\"iss\":\"https://dex.example\",\"sub\":\"x\",\"email\":\"a@b.example\","
                + "\"federated_claims\":{\"connector_id\":\"https://accounts.google.com\"}}");

        assertThat(token.rulesOut(expected("a@b.example", "https://accounts.google.com")))
                .isFalse();
        assertThat(token.rulesOut(expected("a@b.example", "https://dex.example")))
                .isFalse();
        assertThat(token.rulesOut(expected("a@b.example", "https://other.example")))
                .isTrue();
    }

    @Test
    void aTokenOfGitHubSignsAsItsWorkflow() {
        TokenClaims token = claims("{\"iss\":\"https://token.actions.githubusercontent.com\",\"sub\":\"repo:o/r:ref\","
                + "\"job_workflow_ref\":\"o/r/.github/workflows/a.yml@refs/heads/main\"}");

        assertThat(token.signer())
                .contains(new Identity.Certificate(
                        "https://github.com/o/r/.github/workflows/a.yml@refs/heads/main",
                        "https://token.actions.githubusercontent.com"));
    }

    @Test
    void whatBecomesOfOtherSubjectsIsForFulcioToSay() {
        TokenClaims token = claims("{\"iss\":\"https://ci.example\",\"sub\":\"project_path:a/b\"}");

        assertThat(token.signer()).isEqualTo(Optional.empty());
        assertThat(token.rulesOut(expected("somebody", "https://else.example"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "a.secret", "a.sec!ret.b", "a.c2VjcmV0.b"})
    void whatIsNoTokenIsNotShown(String text) {
        assertThatThrownBy(() -> TokenClaims.of(Secret.of(text)))
                .isInstanceOf(TrustException.class)
                .satisfies(thrown -> assertThat(String.valueOf(thrown)).doesNotContain("secret"));
    }
}
