// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.fake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// A request that has come.
///
/// @param path as it was sent, percent-encoded
/// @param rawQuery likewise; empty where there is none
/// @param query decoded
/// @param headers by names in lower case
/// @param body as far as it came
/// @param whole whether all of it came
@SuppressWarnings("ArrayRecordComponent")
public record Asked(
        String method,
        String path,
        String rawQuery,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        boolean whole) {
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public Optional<String> asks(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /// A header's value; empty where it is not there.
    public String value(String name) {
        return headers.getOrDefault(name, "");
    }

    /// What a key of the query says; empty where it is not there.
    public String says(String name) {
        return query.getOrDefault(name, "");
    }

    public String decodedPath() {
        return decoded(path);
    }

    /// A plus sign is a plus sign in paths.
    public static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
