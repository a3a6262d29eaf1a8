// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.nio.charset.StandardCharsets;

/// What goes back. `Content-Length` and `Date` are added when it is sent.
///
/// @param status of RFC 9110
/// @param headers copied by [#with]; not to be changed
/// @param content the body; left out on the wire for `HEAD`
/// @param delivery how it reaches its reader
public record Answer(int status, Headers headers, Content content, Delivery delivery) {
    public static Answer of(int status) {
        return new Answer(status, new Headers(), Content.NONE, Delivery.FAITHFUL);
    }

    public static Answer of(int status, String contentType, byte[] body) {
        return of(status).with(new Content.Bytes(body)).with("Content-Type", contentType);
    }

    public static Answer text(int status, String message) {
        return of(status, "text/plain; charset=utf-8", (message + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// With this header in place of all of that name.
    public Answer with(String header, String value) {
        return new Answer(status, new Headers(headers).set(header, value), content, delivery);
    }

    public Answer with(Content other) {
        return new Answer(status, headers, other, delivery);
    }

    public Answer with(Delivery other) {
        return new Answer(status, headers, content, other);
    }
}
