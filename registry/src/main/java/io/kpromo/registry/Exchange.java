// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.http.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A request and how it was answered, for logs and assertions. Holds no credential.
///
/// @param at when it came
/// @param kind what it was for; absent where it fits no endpoint
/// @param method for example `PUT`
/// @param path without the query
/// @param repository that it is about, empty where none
/// @param reference the digest, tag or upload that it is about, empty where none
/// @param user who asked, empty where nobody said
/// @param status of the answer, 0 where the connection was reset instead
/// @param bytesReceived of the request's body
/// @param bytesSent of the answer's body, as announced
/// @param took until the answer was ready to be sent
public record Exchange(
        Instant at,
        Optional<Kind> kind,
        String method,
        String path,
        String repository,
        String reference,
        String user,
        int status,
        long bytesReceived,
        long bytesSent,
        Duration took) {
    /// As one line of an access log.
    @Override
    public String toString() {
        return at + " " + (user.isEmpty() ? "-" : user) + " " + method + " " + path + " " + status + " " + bytesReceived
                + " " + bytesSent + " " + took.toMillis() + "ms";
    }
}
