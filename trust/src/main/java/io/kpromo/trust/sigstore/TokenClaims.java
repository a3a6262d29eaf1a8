// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Identity;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What an identity token says of itself. A hint only: its signature is not checked, and it is Fulcio that decides
/// what a certificate says. Good enough to give up before anybody is asked. RFC 7519, section 4.
public final class TokenClaims {
    /// Enterprises have theirs below it.
    private static final String GITHUB = "https://token.actions.githubusercontent.com";

    private final Json claims;

    private TokenClaims(Json claims) {
        this.claims = claims;
    }

    /// @throws TrustException where it is no JSON web token; never with its text
    public static TokenClaims of(Secret token) {
        String[] parts = token.reveal().split("\\.", -1);
        try {
            if (parts.length == 3) {
                Bytes claims = Bytes.of(Base64.getUrlDecoder().decode(parts[1]));
                return new TokenClaims(Json.read("identity token", claims));
            }
        } catch (IllegalArgumentException | TrustException e) {
            // Not even its cause must be shown: it holds pieces of the text.
        }
        throw new TrustException("the identity token is no JSON web token");
    }

    /// Whom the token is for: an e-mail address where there is one, or else a subject.
    String subject() {
        return text("email").orElseGet(() -> claims.text("sub"));
    }

    private Optional<String> text(String name) {
        return claims.optionalText(name).filter(text -> !text.isEmpty());
    }

    /// Who signs with it, as far as that can be told: of tokens that name an e-mail address, and of GitHub's.
    /// Others' subjects become something else in certificates, by rules that Fulcio alone knows.
    public Optional<Identity.Certificate> signer() {
        return text("email")
                .or(this::workflow)
                .map(name -> new Identity.Certificate(name, issuers().getLast()));
    }

    private Optional<String> workflow() {
        return claims.text("iss").startsWith(GITHUB)
                ? text("job_workflow_ref").map(path -> "https://github.com/" + path)
                : Optional.empty();
    }

    /// Who vouches. Behind an issuer that only passes on what others say, certificates name those others.
    private List<String> issuers() {
        List<String> issuers = new ArrayList<>(List.of(claims.text("iss")));
        claims.optionalObject("federated_claims")
                .flatMap(behind -> behind.optionalText("connector_id"))
                .ifPresent(issuers::add);
        return issuers;
    }

    /// Whether a certificate for this token can't be what is expected.
    public boolean rulesOut(ExpectedIdentity expected) {
        Optional<Identity.Certificate> signer = signer();
        return signer.isPresent()
                && issuers().stream()
                        .map(issuer -> new Identity.Certificate(signer.get().subject(), issuer))
                        .noneMatch(expected::matches);
    }
}
