// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// What a registry, or its token endpoint, is shown.
public sealed interface Credential {
    /// When it stops being of use; empty where that isn't known.
    Optional<Instant> expires();

    /// A name and a password.
    record Basic(String user, Secret password, Optional<Instant> expires) implements Credential {
        public Basic(String user, Secret password) {
            this(user, password, Optional.empty());
        }

        /// RFC 7617, the value of `Authorization`.
        String header() {
            String pair = user + ":" + password.reveal();
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// A refresh token, for which a token endpoint gives tokens.
    record IdentityToken(Secret token, Optional<Instant> expires) implements Credential {
        public IdentityToken(Secret token) {
            this(token, Optional.empty());
        }
    }

    /// A token that the registry takes as it is.
    record RegistryToken(Secret token, Optional<Instant> expires) implements Credential {
        public RegistryToken(Secret token) {
            this(token, Optional.empty());
        }
    }
}
