// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import java.util.Optional;

/// A part of a blob. RFC 9110, section 14.
///
/// @param from the first byte, from 0
/// @param to the last byte
record ByteRange(long from, long to) {
    /// Reads `bytes=1-2`, `bytes=1-` and `bytes=-2`. What it does not understand it leaves out, as the RFC asks.
    ///
    /// @throws RefusedException when the part lies beyond the end, or ends before it begins: section
    ///     14.2 leaves the choice, the conformance suite of the distribution specification wants 416
    static Optional<ByteRange> requested(String header, long size) {
        if (!header.startsWith("bytes=") || header.indexOf(',') >= 0) {
            return Optional.empty();
        }
        String text = header.substring("bytes=".length()).strip();
        int dash = text.indexOf('-');
        if (dash < 0 || text.length() == 1) {
            return Optional.empty();
        }
        long first = number(text.substring(0, dash));
        long second = number(text.substring(dash + 1));
        boolean open = dash == text.length() - 1;
        if ((dash > 0 && first < 0) || (!open && second < 0)) {
            return Optional.empty();
        }
        ByteRange range = dash == 0
                ? new ByteRange(Math.max(0, size - second), size - 1)
                : new ByteRange(first, open ? size - 1 : Math.min(second, size - 1));
        if (range.from >= size || range.length() <= 0) {
            throw ErrorCode.RANGE_INVALID.because("the blob has " + size + " bytes");
        }
        return Optional.of(range);
    }

    /// Reads the `Content-Range` of an upload: `1-2`, also as `bytes 1-2/3`.
    static Optional<ByteRange> ofUpload(String header) {
        String text = header.startsWith("bytes ") ? header.substring("bytes ".length()) : header;
        int slash = text.indexOf('/');
        text = slash < 0 ? text : text.substring(0, slash);
        int dash = text.indexOf('-');
        long from = dash < 0 ? -1 : number(text.substring(0, dash));
        long to = dash < 0 ? -1 : number(text.substring(dash + 1));
        return from < 0 || to < from ? Optional.empty() : Optional.of(new ByteRange(from, to));
    }

    long length() {
        return to - from + 1;
    }

    /// As an answer's `Content-Range` says it.
    String of(long size) {
        return "bytes " + from + "-" + to + "/" + size;
    }

    private static long number(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(text);
    }
}
