// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import com.google.re2j.PatternSyntaxException;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Identity;
import io.kpromo.trust.TextPattern;
import java.util.Locale;
import java.util.Optional;

/// Somebody whose signatures a policy takes.
///
/// @param text as it was written
/// @param whom it means
public record Signer(String text, ExpectedIdentity whom) {
    private static final String SIGSTORE = "sigstore";
    private static final String BY_EXPRESSION = "sigstore(identityMatch=regex)";
    private static final String KEY = "key";
    private static final String WANTED = "sigstore::<issuer>::<identity>,"
            + " sigstore(identityMatch=regex)::<issuer>::<regular expression over the whole identity>,"
            + " or key::<fingerprint>";

    /// Reads `sigstore::<issuer>::<identity>`, `sigstore(identityMatch=regex)::<issuer>::<expression>` or
    /// `key::<SHA-256 of the public key's DER, 64 hex digits>`. The issuer is always exact; an RE2 expression has
    /// to match the whole identity.
    ///
    /// @throws InvalidPolicyException when it is none of them
    public static Signer parse(String text) {
        String[] parts = text.split("::", 3);
        if (parts.length > 1) {
            String last = parts[parts.length - 1];
            switch (parts[0]) {
                case SIGSTORE -> {
                    return new Signer(text, certificate(text, parts, new TextPattern.Exactly(last)));
                }
                case BY_EXPRESSION -> {
                    return new Signer(text, certificate(text, parts, expression(text, last)));
                }
                case KEY -> {
                    return new Signer(text, key(text, parts));
                }
                default -> {}
            }
        }
        throw invalid(text, "want " + WANTED);
    }

    private static ExpectedIdentity certificate(String text, String[] parts, TextPattern subject) {
        if (parts.length < 3) {
            throw invalid(text, "the identity is missing; want " + WANTED);
        }
        String issuer = parts[1];
        if (issuer.isEmpty() || parts[2].isEmpty()) {
            throw invalid(text, (issuer.isEmpty() ? "the issuer" : "the identity") + " is empty; want " + WANTED);
        }
        if (!(text.strip().equals(text)
                && issuer.strip().equals(issuer)
                && parts[2].strip().equals(parts[2]))) {
            throw invalid(text, "blanks at an end match nobody; remove them");
        }
        return new ExpectedIdentity.Certificate(subject, new TextPattern.Exactly(issuer));
    }

    private static TextPattern expression(String text, String expression) {
        try {
            return TextPattern.Expression.of(expression);
        } catch (PatternSyntaxException e) {
            throw invalid(text, "the expression is no RE2: " + e.getDescription());
        }
    }

    private static ExpectedIdentity key(String text, String[] parts) {
        String fingerprint = parts.length == 2 ? parts[1].toLowerCase(Locale.ROOT) : "";
        if (!fingerprint.matches("[0-9a-f]{64}")) {
            throw invalid(text, "a key's fingerprint has 64 hex digits: the SHA-256 of the public key in DER");
        }
        return new ExpectedIdentity.Key(new Identity.Key(fingerprint));
    }

    private static InvalidPolicyException invalid(String text, String why) {
        return new InvalidPolicyException("invalid signer \"" + text + "\": " + why);
    }

    public boolean matches(Identity identity) {
        return whom.matches(identity);
    }

    /// The one identity that this means; empty for an expression, which may mean many.
    Optional<Identity> only() {
        return switch (whom) {
            case ExpectedIdentity.Key(Identity.Key key) -> Optional.of(key);
            case ExpectedIdentity.Certificate(TextPattern.Exactly(var subject), TextPattern.Exactly(var issuer)) ->
                Optional.of(new Identity.Certificate(subject, issuer));
            case ExpectedIdentity.Certificate _ -> Optional.empty();
        };
    }

    /// Two that were written alike are the same.
    @Override
    public boolean equals(Object o) {
        return o instanceof Signer other && text.equals(other.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
