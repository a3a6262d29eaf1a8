// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import io.kpromo.files.store.access.AccessKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signature Version 4, as S3 wants it and all other services take it (Amazon S3 API Reference, "Authenticating
/// Requests: Using the Authorization Header").
///
/// Amazon's library signs only payloads that it reads itself. Ours have sums that are known before (the manifest
/// names them) or that come behind them, and are read once; so the few lines are here, and tests hold them against
/// Amazon's examples.
record Signature4(AccessKeys keys, String region, String service) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

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
            headers.forEach((name, value) -> text.append(name)
                    .append(':')
                    .append(value.strip().replaceAll(" +", " "))
                    .append('\n'));
            return text.append('\n')
                    .append(names())
                    .append('\n')
                    .append(header("x-amz-content-sha256"))
                    .toString();
        }
    }

    /// The value of header `Authorization`.
    String of(Signed request) {
        String when = request.header("x-amz-date");
        String day = when.substring(0, when.indexOf('T'));
        String scope = day + "/" + region + "/" + service + "/aws4_request";
        String text = ALGORITHM + "\n" + when + "\n" + scope + "\n" + hex(Payload.sha256(utf8(request.canonical())));
        byte[] key = utf8("AWS4" + keys.secret().reveal());
        for (String part : new String[] {day, region, service, "aws4_request"}) {
            key = hmac(key, part);
        }
        return ALGORITHM + " Credential=" + keys.id() + "/" + scope + ", SignedHeaders=" + request.names()
                + ", Signature=" + hex(hmac(key, text));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "Signature4[" + region + ", " + service + "]";
    }
}
