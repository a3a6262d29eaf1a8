// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One thing asked of a forge, or one order.
///
/// @param target path and query below the API's root, which begins with `/`; or an absolute address, see [#to]
/// @param headers beside those of every request
/// @param bucket which limit it counts against, where a forge has several
/// @param why what it is for, in words that fit before `: 403 …`
public record Ask(
        Method method,
        String target,
        Map<String, String> headers,
        Optional<Body> body,
        Kind kind,
        String bucket,
        String why) {
    /// The limit that most requests count against.
    public static final String CORE = "core";

    public Ask {
        headers = Map.copyOf(headers);
    }

    public static Ask get(String target, String why) {
        return new Ask(Method.GET, target, Map.of(), Optional.empty(), Kind.READ_FORGE, CORE, why);
    }

    /// Makes something, or changes something in a way that must not be done twice.
    public static Ask once(Method method, String target, JsonNode json, String why) {
        return new Ask(method, target, Map.of(), Optional.of(body(json)), Kind.WRITE_FORGE, CORE, why);
    }

    /// Makes or changes something; to send it twice does no harm.
    public static Ask set(Method method, String target, JsonNode json, String why) {
        return new Ask(method, target, Map.of(), Optional.of(body(json)), Kind.SET_FORGE, CORE, why);
    }

    public static Ask delete(String target, String why) {
        return new Ask(Method.DELETE, target, Map.of(), Optional.empty(), Kind.SET_FORGE, CORE, why);
    }

    private static Body body(JsonNode json) {
        return Body.of(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    public Ask with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Ask(method, target, more, body, kind, bucket, why);
    }

    public Ask with(Body content, String mediaType) {
        return new Ask(method, target, headers, Optional.of(content), kind, bucket, why)
                .with("Content-Type", mediaType);
    }

    /// The same, elsewhere below the API's root.
    public Ask at(String otherTarget) {
        return new Ask(method, otherTarget, headers, body, kind, bucket, why);
    }

    public Ask as(Kind other) {
        return new Ask(method, target, headers, body, other, bucket, why);
    }

    public Ask counting(String against) {
        return new Ask(method, target, headers, body, kind, against, why);
    }

    /// To another address than one of the API: its host is shown the token, so whoever calls this has made sure
    /// that it is the forge's own.
    public Ask to(URI address) {
        return new Ask(method, address.toString(), headers, body, kind, bucket, why);
    }
}
