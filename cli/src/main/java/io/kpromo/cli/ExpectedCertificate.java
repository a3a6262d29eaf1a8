// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import com.google.re2j.PatternSyntaxException;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.TextPattern;

/// What [CertificateFlags] mean. Apart from them, for with it the room of trust is opened.
final class ExpectedCertificate {
    private ExpectedCertificate() {}

    /// @throws UsageException where an expression is none
    static ExpectedIdentity of(CertificateFlags.Chosen chosen) {
        return new ExpectedIdentity.Certificate(
                pattern("--certificate-identity-regexp", chosen.subject(), chosen.subjectExpression()),
                pattern("--certificate-oidc-issuer-regexp", chosen.issuer(), chosen.issuerExpression()));
    }

    private static TextPattern pattern(String flag, String exactly, String expression) {
        try {
            return expression.isEmpty() ? new TextPattern.Exactly(exactly) : TextPattern.Expression.of(expression);
        } catch (PatternSyntaxException e) {
            throw new UsageException(flag + ": " + e.getMessage(), e);
        }
    }
}
