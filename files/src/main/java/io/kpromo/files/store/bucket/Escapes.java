// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.bucket;

import java.nio.charset.StandardCharsets;

/// Percent-encoding as stores expect it: every byte of UTF-8 that is not a letter, a digit or one of `-_.~`
/// (RFC 3986, "Unreserved Characters"), in upper-case hex.
public final class Escapes {
    private static final String HEX = "0123456789ABCDEF";

    private Escapes() {}

    /// A key as the path of an address: slashes stay.
    public static String path(String key) {
        return escape(key, true);
    }

    /// A key as one part of a path, or a value of a query.
    public static String whole(String key) {
        return escape(key, false);
    }

    private static String escape(String text, boolean slashes) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if ((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-_.~".indexOf(c) >= 0
                    || (slashes && c == '/')) {
                escaped.append(c);
            } else {
                escaped.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return escaped.toString();
    }
}
