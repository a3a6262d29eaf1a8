// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import io.kpromo.oci.Host;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request to a registry, before it is signed in.
///
/// @param registry whose credentials, limits and scheme apply
/// @param method the HTTP method
/// @param target a path with an optional query (`/v2/…`), or the absolute address that a registry gave as
///     `Location`; credentials go along only where its host is the registry's own
/// @param headers by name, without `Authorization`, `Host` and `Content-Length`
/// @param body what to send
/// @param kind what it is for, to be counted
/// @param scopes what it wants to be allowed
/// @param why what it is for, in words a person reads in a trace
public record Request(
        Host registry,
        Method method,
        URI target,
        Map<String, String> headers,
        Optional<Body> body,
        Kind kind,
        List<Scope> scopes,
        String why) {
    public Request {
        headers = Map.copyOf(headers);
        scopes = List.copyOf(scopes);
    }

    public static Request of(Host registry, Method method, String target, Kind kind, Scope scope, String why) {
        return new Request(registry, method, URI.create(target), Map.of(), Optional.empty(), kind, List.of(scope), why);
    }

    public Request with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Request(registry, method, target, more, body, kind, scopes, why);
    }

    public Request with(Body content) {
        return new Request(registry, method, target, headers, Optional.of(content), kind, scopes, why);
    }

    public Request with(Scope more) {
        if (scopes.contains(more)) {
            return this;
        }
        List<Scope> all = new ArrayList<>(scopes);
        all.add(more);
        return new Request(registry, method, target, headers, body, kind, all, why);
    }
}
