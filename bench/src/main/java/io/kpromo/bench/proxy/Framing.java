// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.proxy;

/// How the end of a body is known. RFC 9112, section 6.
sealed interface Framing {
    /// @param length of the body in bytes; 0 where there is none
    record Sized(long length) implements Framing {}

    record Chunked() implements Framing {}

    /// Up to the end of the connection; only in responses.
    record ToEnd() implements Framing {}
}
