// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.auth;

import io.kpromo.registry.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// A name and a password, as a request brings them. RFC 7617. Prints neither.
///
/// @param user may be empty
/// @param password may be empty
public record Credentials(String user, String password) {
    /// Those of `Authorization: Basic`, where it is there and well-formed.
    public static Optional<Credentials> of(HttpRequest request) {
        return scheme(request, "basic").flatMap(Credentials::decode);
    }

    /// The token of `Authorization: Bearer`. RFC 6750, section 2.1.
    public static Optional<String> bearer(HttpRequest request) {
        return scheme(request, "bearer");
    }

    private static Optional<String> scheme(HttpRequest request, String scheme) {
        return request.headers()
                .first("Authorization")
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(scheme + " "))
                .map(value -> value.substring(scheme.length() + 1).strip());
    }

    private static Optional<Credentials> decode(String text) {
        try {
            String pair = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
