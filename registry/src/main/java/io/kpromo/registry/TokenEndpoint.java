// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.registry.auth.Credentials;
import io.kpromo.registry.auth.TokenIssuer;
import io.kpromo.registry.http.Answer;
import io.kpromo.registry.http.HttpRequest;
import io.kpromo.registry.http.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `/token`: by `GET` with or without a password, by `POST` as OAuth2 does. Distribution's token specification.
final class TokenEndpoint {
    private static final int LARGEST_FORM = 64 << 10;

    private final TokenIssuer issuer;

    TokenEndpoint(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    Answer answer(HttpRequest request) throws IOException {
        return switch (request.method()) {
            case "GET" -> get(request);
            case "POST" -> post(request);
            default -> throw ErrorCode.UNSUPPORTED.because("a token is had by GET or POST");
        };
    }

    private Answer get(HttpRequest request) {
        Optional<Credentials> given = Credentials.of(request);
        if (given.isPresent() && !issuer.knows(given.get())) {
            return ErrorCode.UNAUTHORIZED
                    .because("wrong name or password")
                    .answer()
                    .with("WWW-Authenticate", "Basic realm=\"kpromo registry\"");
        }
        return issued(given.map(Credentials::user), request.query());
    }

    private Answer post(HttpRequest request) throws IOException {
        byte[] body = request.body().readNBytes(LARGEST_FORM);
        Query form;
        try {
            form = Query.parse(new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw ErrorCode.UNSUPPORTED.because(400, "not a form");
        }
        String user = form.first("username").orElse("");
        boolean known = switch (form.first("grant_type").orElse("")) {
            case "password" ->
                issuer.knows(new Credentials(user, form.first("password").orElse("")));
            case "refresh_token" ->
                issuer.knowsIdentityToken(form.first("refresh_token").orElse(""));
            default -> false;
        };
        if (!known) {
            throw ErrorCode.UNAUTHORIZED.because("the grant is not accepted");
        }
        return issued(Optional.of(user), form);
    }

    private Answer issued(Optional<String> user, Query query) {
        String service = query.first("service").orElse("");
        if (!service.equals(issuer.rules().service())) {
            throw ErrorCode.UNSUPPORTED.because(400, "this is not the token service of " + service);
        }
        String token = issuer.issue(user, query.all("scope"));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token", token);
        body.put("access_token", token);
        body.put("expires_in", issuer.rules().lifetime().toSeconds());
        body.put("issued_at", Instant.now().toString());
        return Json.answer(body);
    }
}
