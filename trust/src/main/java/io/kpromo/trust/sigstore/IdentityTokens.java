// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.TrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where OpenID Connect tokens come from that say who signs. Asked anew for each certificate.
@FunctionalInterface
public interface IdentityTokens {
    /// The audience that Sigstore wants tokens to be for.
    String AUDIENCE = "sigstore";

    /// A token for Sigstore; empty where this place has none to give.
    ///
    /// @throws io.kpromo.oci.OciException where it should have one, and has not
    Optional<Secret> token() throws InterruptedException;

    /// The first that has one.
    static IdentityTokens first(List<IdentityTokens> places) {
        return () -> {
            for (IdentityTokens place : places) {
                Optional<Secret> token = place.token();
                if (token.isPresent()) {
                    return token;
                }
            }
            return Optional.empty();
        };
    }

    /// The one in the variable `SIGSTORE_ID_TOKEN`.
    static IdentityTokens ofVariable(Map<String, String> environment) {
        return () -> Optional.ofNullable(environment.get("SIGSTORE_ID_TOKEN"))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .map(Secret::of);
    }

    /// The one in a file, which others may renew.
    static IdentityTokens ofFile(Path file) {
        return () -> {
            try {
                String token = Files.readString(file).strip();
                if (token.isEmpty()) {
                    throw new TrustException("there is no identity token in " + file);
                }
                return Optional.of(Secret.of(token));
            } catch (IOException e) {
                throw new TrustException("the identity token can't be read from " + file + ": " + e.getMessage(), e);
            }
        };
    }
}
