// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.http;

import java.io.IOException;

/// Answers requests, many at a time.
@FunctionalInterface
public interface Handler {
    /// @throws IOException when the body of the request breaks off, or storage fails: the connection is closed
    /// @throws ResetException to end the connection at once, without an answer
    Answer handle(HttpRequest request) throws IOException, InterruptedException;
}
