// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.registry.auth.TokenIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Who may do what.
public sealed interface Access {
    /// Everyone may do everything.
    record Open() implements Access {}

    /// Who is in the password file may do everything, nobody else anything. RFC 7617.
    ///
    /// @param file as Apache's `htpasswd -B` writes it
    record Passwords(Path file) implements Access {}

    /// Who brings a token may do what it says. Distribution's token specification.
    ///
    /// @param issuer who issues and knows the tokens; may be shared by registries
    /// @param realm where clients are sent for a token; this registry's own `/token` where absent
    record Tokens(TokenIssuer issuer, Optional<URI> realm) implements Access {}

    static Access open() {
        return new Open();
    }

    static Access passwords(Path file) {
        return new Passwords(file);
    }

    static Access tokens(TokenIssuer issuer) {
        return new Tokens(issuer, Optional.empty());
    }

    static Access tokens(TokenIssuer issuer, URI realm) {
        return new Tokens(issuer, Optional.of(realm));
    }
}
