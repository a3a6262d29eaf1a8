// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.Host;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Calls of tests: they read the body as text.
public record Asking(Request request) implements Call<String> {
    public static Asking get(Host host, String target) {
        return of(host, Method.GET, target, Kind.GET_MANIFEST);
    }

    public static Asking head(Host host, String target) {
        return of(host, Method.HEAD, target, Kind.HEAD_MANIFEST);
    }

    public static Asking put(Host host, String target, String content) {
        Asking put = of(host, Method.PUT, target, Kind.PUT_BLOB);
        return new Asking(put.request.with(Body.of(content.getBytes(StandardCharsets.UTF_8))));
    }

    public static Asking of(Host host, Method method, String target, Kind kind) {
        Scope scope = new Scope("repository", "a/b", "pull");
        return new Asking(new Request(
                host, method, URI.create(target), Map.of(), Optional.empty(), kind, List.of(scope), "cannot do it"));
    }

    public Asking wanting(Scope... scopes) {
        return new Asking(new Request(
                request.registry(),
                request.method(),
                request.target(),
                request.headers(),
                request.body(),
                request.kind(),
                List.of(scopes),
                request.why()));
    }

    @Override
    public String read(Response response) throws IOException {
        return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }
}
