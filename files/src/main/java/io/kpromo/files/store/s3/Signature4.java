// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.access.AccessKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signature Version 4, as S3 wants it and all other services take it (Amazon S3 API Reference, "Authenticating
/// Requests: Using the Authorization Header").
///
/// Amazon's library signs only payloads that it reads itself. Ours have sums that are known before (the manifest
/// names them) or that come behind them, and are read once; so the few lines are here, and tests hold them against
/// Amazon's examples.
final class Signature4 {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";

    private final AccessKeys keys;
    private final String region;
    private final String service;
    private volatile Optional<DayKey> last = Optional.empty();

    /// A key is derived from the secret one for each day.
    private record DayKey(String day, SecretKeySpec key) {}

    Signature4(AccessKeys keys, String region, String service) {
        this.keys = keys;
        this.region = region;
        this.service = service;
    }

    /// What is signed of a request.
    ///
    /// @param path percent-encoded
    /// @param query percent-encoded, sorted by its keys
    /// @param headers in lower case; `host`, `x-amz-content-sha256` and `x-amz-date` among them
    record Signed(String method, String path, String query, SortedMap<String, String> headers) {
        private String header(String name) {
            return headers.getOrDefault(name, "");
        }

        private String names() {
            return String.join(";", headers.keySet());
        }

        private String canonical() {
            StringBuilder text = new StringBuilder(512)
                    .append(method)
                    .append('\n')
                    .append(path)
                    .append('\n')
                    .append(query)
                    .append('\n');
            headers.forEach((name, value) ->
                    text.append(name).append(':').append(trimmed(value)).append('\n'));
            return text.append('\n')
                    .append(names())
                    .append('\n')
                    .append(header("x-amz-content-sha256"))
                    .toString();
        }

        private static String trimmed(String value) {
            String stripped = value.strip();
            return stripped.contains("  ") ? stripped.replaceAll(" +", " ") : stripped;
        }
    }

    /// The value of header `Authorization`.
    String of(Signed request) {
        String when = request.header("x-amz-date");
        String day = when.substring(0, when.indexOf('T'));
        String scope = day + "/" + region + "/" + service + "/aws4_request";
        String text = ALGORITHM + "\n" + when + "\n" + scope + "\n" + hex(Payload.sha256(utf8(request.canonical())));
        return ALGORITHM + " Credential=" + keys.id() + "/" + scope + ", SignedHeaders=" + request.names()
                + ", Signature=" + hex(hmac(keyOf(day), text));
    }

    private SecretKeySpec keyOf(String day) {
        Optional<DayKey> known = last.filter(key -> key.day().equals(day));
        if (known.isPresent()) {
            return known.get().key();
        }
        byte[] key = utf8("AWS4" + keys.secret().reveal());
        for (String part : new String[] {day, region, service, "aws4_request"}) {
            key = hmac(new SecretKeySpec(key, HMAC), part);
        }
        SecretKeySpec derived = new SecretKeySpec(key, HMAC);
        last = Optional.of(new DayKey(day, derived));
        return derived;
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + HMAC, e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
