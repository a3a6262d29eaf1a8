// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import io.kpromo.oci.Host;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a token endpoint for a token: by `GET` as the token specification has it, or by `POST` as OAuth 2 does,
/// with a refresh token.
///
/// @param refresh the identity token to send, if that is the way
record TokenCall(TokenRealm realm, String service, Grants grants, Optional<Secret> refresh, String why)
        implements Call<TokenCall.Answer> {
    private static final int LARGEST = 256 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .build())
            .build();

    /// @param lifetime zero where the endpoint does not say
    record Answer(Secret token, Duration lifetime) {}

    @Override
    public Request request() {
        Host host = realm.host();
        if (refresh.isPresent()) {
            return new Request(
                            host, Method.POST, realm.address(), Map.of(), Optional.empty(), Kind.TOKEN, List.of(), why)
                    .with("Content-Type", "application/x-www-form-urlencoded")
                    .with(Body.of(form(refresh.get()).getBytes(StandardCharsets.US_ASCII)));
        }
        String address = realm.address().toString();
        StringBuilder target = new StringBuilder(address);
        char mark = address.indexOf('?') < 0 ? '?' : '&';
        if (!service.isEmpty()) {
            target.append(mark).append("service=").append(encoded(service));
            mark = '&';
        }
        for (String scope : grants.scopes()) {
            target.append(mark).append("scope=").append(encoded(scope));
            mark = '&';
        }
        return new Request(
                host,
                Method.GET,
                URI.create(target.toString()),
                Map.of(),
                Optional.empty(),
                Kind.TOKEN,
                List.of(),
                why);
    }

    private String form(Secret token) {
        return "grant_type=refresh_token&client_id=kpromo&service=" + encoded(service) + "&scope="
                + encoded(String.join(" ", grants.scopes())) + "&refresh_token=" + encoded(token.reveal());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public Answer read(Response response) throws IOException {
        byte[] bytes = response.body().readNBytes(LARGEST);
        try {
            JsonNode root = JSON.readTree(bytes);
            String token = text(root, "token");
            String access = token.isEmpty() ? text(root, "access_token") : token;
            if (!isToken(access)) {
                throw new IOException("the answer holds no token");
            }
            return new Answer(
                    Secret.of(access),
                    Duration.ofSeconds(root.path("expires_in").asLong(0)));
        } catch (JacksonException e) {
            // Not as the cause: its message may show a part of what should have been a token.
            throw new IOException("the answer is not the JSON of a token");
        }
    }

    private static String text(JsonNode root, String key) {
        JsonNode value = root.path(key);
        return value.isString() ? value.asString() : "";
    }

    /// What can stand in a header.
    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
