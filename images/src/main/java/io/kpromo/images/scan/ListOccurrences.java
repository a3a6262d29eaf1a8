// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.scan;

import io.kpromo.oci.Host;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.SignIn;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One page of occurrences. Container Analysis API v1, `projects.occurrences.list`.
///
/// @param page the token of a further page; empty for the first
record ListOccurrences(Host service, String project, String filter, String page, Secret token, String why)
        implements Call<ListOccurrences.Page> {
    private static final int PAGE_SIZE = 1000;

    /// @param next the token of the next page; empty on the last
    record Page(List<Json> occurrences, String next) {}

    @Override
    public Request request() {
        String target = "/v1/projects/" + encoded(project) + "/occurrences?pageSize=" + PAGE_SIZE + "&filter="
                + encoded(filter) + (page.isEmpty() ? "" : "&pageToken=" + encoded(page));
        return new Request(
                service,
                Method.GET,
                URI.create(target),
                Map.of("Accept", "application/json"),
                Optional.empty(),
                Kind.VULNERABILITIES,
                List.of(),
                why);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public Page read(Response response) throws IOException {
        Json answer = Json.read("answer", Bytes.of(response.body().readNBytes(JsonText.LARGEST + 1)));
        List<Json> occurrences = answer.list("occurrences", PAGE_SIZE).stream()
                .map(Json::asObject)
                .toList();
        return new Page(occurrences, answer.optionalText("nextPageToken").orElse(""));
    }

    @Override
    public Optional<SignIn> signIn() {
        return Optional.of(SignIn.bearer(token::reveal));
    }
}
