// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.io.InputStream;
import java.util.OptionalLong;

/// A request as it came.
///
/// @param method for example `GET`
/// @param path of the target, not decoded, for example `/v2/a/b/manifests/1.0`
/// @param query of the target
/// @param headers as they came
/// @param length of the body in bytes; absent where it comes in chunks
/// @param body ends where the request ends, with an exception where it breaks off
public record HttpRequest(
        String method, String path, Query query, Headers headers, OptionalLong length, InputStream body) {
    public HttpRequest withBody(InputStream other) {
        return new HttpRequest(method, path, query, headers, length, other);
    }
}
