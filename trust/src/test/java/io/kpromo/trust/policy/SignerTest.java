// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.trust.Identity;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom the words of a policy mean, and whom they only nearly mean.
final class SignerTest {
    private static final String ISSUER = "https://accounts.google.com";

    @Test
    void anExactSignerIsOneIdentityOfOneIssuer() {
        Signer signer = Signer.parse("sigstore::" + ISSUER + "::builder@project.iam.gserviceaccount.com");
        assertThat(signer.matches(who("builder@project.iam.gserviceaccount.com", ISSUER)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "builder@project.iam.gserviceaccount.com,https://accounts.google.com.evil.example",
        "builder@project.iam.gserviceaccount.com,https://accounts.google.co",
        "builder@project.iam.gserviceaccount.com,https://accounts.google.com/",
        "xbuilder@project.iam.gserviceaccount.com,https://accounts.google.com",
        "builder@project.iam.gserviceaccount.com.evil.example,https://accounts.google.com",
        "Builder@project.iam.gserviceaccount.com,https://accounts.google.com"
    })
    void nearMissesDoNotMatch(String identity, String issuer) {
        Signer signer = Signer.parse("sigstore::" + ISSUER + "::builder@project.iam.gserviceaccount.com");
        assertThat(signer.matches(who(identity, issuer))).isFalse();
    }

    @Test
    void anExactIdentityIsNoExpression() {
        Signer signer = Signer.parse("sigstore::" + ISSUER + "::.*@example.com");
        assertThat(signer.matches(who("alice@example.com", ISSUER))).isFalse();
        assertThat(signer.matches(who(".*@example.com", ISSUER))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "[a-z]+@example[.]com,alice@example.com,true",
        "[a-z]+@example[.]com,alice@example.com.evil.example,false",
        "[a-z]+@example[.]com,x/alice@example.com,false",
        "alice,alice@example.com,false",
        "^alice@example.com$,alice@example.com,true",
        "a|alice@example.com,alice@example.com,true",
        "alice@example.com|b,alice@example.com.evil.example,false",
        "(?m)^alice@example.com$,alice@example.com,true"
    })
    void anExpressionHasToMatchTheWholeIdentity(String expression, String identity, boolean matches) {
        Signer signer = Signer.parse("sigstore(identityMatch=regex)::" + ISSUER + "::" + expression);
        assertThat(signer.matches(who(identity, ISSUER))).isEqualTo(matches);
    }

    @Test
    void linesDoNotAnchorAnExpression() {
        Signer signer = Signer.parse("sigstore(identityMatch=regex)::" + ISSUER + "::(?m)^alice@example.com$");
        assertThat(signer.matches(who("mallory\nalice@example.com", ISSUER))).isFalse();
    }

    @Test
    void theIssuerIsExactAlsoWhereTheIdentityIsAnExpression() {
        Signer signer = Signer.parse("sigstore(identityMatch=regex)::" + ISSUER + "::.*");
        assertThat(signer.matches(who("alice", "https://accountsxgoogle.com"))).isFalse();
        assertThat(signer.matches(who("alice", ISSUER))).isTrue();
    }

    @Test
    void anIdentityMayHoldTheSeparator() {
        Signer signer = Signer.parse("sigstore::" + ISSUER + "::a::b");
        assertThat(signer.matches(who("a::b", ISSUER))).isTrue();
    }

    @Test
    void aKeyIsNamedByItsFingerprint() {
        String fingerprint = "0123456789abcdef".repeat(4);
        Signer signer = Signer.parse("key::" + fingerprint.toUpperCase(Locale.ROOT));
        assertThat(signer.matches(new Identity.Key(fingerprint))).isTrue();
        assertThat(signer.matches(new Identity.Key("0".repeat(64)))).isFalse();
        assertThat(signer.matches(who(fingerprint, ISSUER))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice@example.com",
                "sigstore",
                "sigstore::",
                "sigstore::https://i",
                "sigstore::https://i::",
                "sigstore::::alice",
                "sigstore:: https://i::alice",
                "sigstore::https://i::alice ",
                "Sigstore::https://i::alice",
                "sigstore(identityMatch=regexp)::https://i::alice",
                "sigstore(identityMatch=regex)::https://i",
                "sigstore(identityMatch=regex)::https://i::(",
                "sigstore(identityMatch=regex)::https://i::a{2,1}",
                "sigstore(identityMatch=regex)::https://i::(?=a)",
                "key::",
                "key::abc",
                "key::x::y"
            })
    void whatIsNoSignerIsRefusedInItsOwnWords(String text) {
        assertThatThrownBy(() -> Signer.parse(text))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageStartingWith("invalid signer \"" + text + "\": ");
    }

    private static Identity who(String subject, String issuer) {
        return new Identity.Certificate(subject, issuer);
    }
}
