// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.access.AccessKeys;
import io.kpromo.files.store.bucket.Escapes;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.Request;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One request to a bucket, before it has a time and a signature.
///
/// @param query by key; values as they are
/// @param headers in lower case
/// @param payload what a signature says of the body
record S3Request(
        Method method,
        String key,
        SortedMap<String, String> query,
        SortedMap<String, String> headers,
        Optional<Body> body,
        Payload payload,
        Kind kind,
        String why) {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    static S3Request of(Method method, String key, Kind kind, String why) {
        return new S3Request(method, key, new TreeMap<>(), new TreeMap<>(), Optional.empty(), Payload.EMPTY, kind, why);
    }

    S3Request asking(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(query);
        more.put(name, value);
        return new S3Request(method, key, more, headers, body, payload, kind, why);
    }

    S3Request with(Map<String, String> others) {
        SortedMap<String, String> more = new TreeMap<>(headers);
        more.putAll(others);
        return new S3Request(method, key, query, more, body, payload, kind, why);
    }

    S3Request with(String name, String value) {
        return with(Map.of(name, value));
    }

    S3Request sending(Body content, Payload sum) {
        return new S3Request(method, key, query, headers, Optional.of(content), sum, kind, why);
    }

    /// As it is sent now.
    ///
    /// @param keys to sign with, where it is to be signed
    Request at(Endpoint endpoint, Optional<AccessKeys> keys, Instant now) {
        SortedMap<String, String> sent = new TreeMap<>(headers);
        keys.ifPresent(signer -> {
            sent.put("x-amz-date", WHEN.format(now));
            sent.put("x-amz-content-sha256", payload.text());
            signer.session().ifPresent(token -> sent.put("x-amz-security-token", token.reveal()));
        });
        return new Request(endpoint.host(), method, target(endpoint), sent, body, kind, List.of(), why);
    }

    private URI target(Endpoint endpoint) {
        StringBuilder text = new StringBuilder(endpoint.path(key));
        char between = '?';
        for (Map.Entry<String, String> part : query.entrySet()) {
            text.append(between)
                    .append(Escapes.whole(part.getKey()))
                    .append('=')
                    .append(Escapes.whole(part.getValue()));
            between = '&';
        }
        return URI.create(text.toString());
    }
}
