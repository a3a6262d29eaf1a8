// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files;

import io.kpromo.oci.InvalidNameException;
import java.nio.charset.StandardCharsets;

/// The name of a file below a base: parts between slashes, none of which leads out of it.
///
/// @param text as in manifests: `linux/amd64/kubectl`
public record FileName(String text) implements Comparable<FileName> {
    /// Bytes in UTF-8, as the stores limit it.
    public static final int LONGEST = 1024;

    /// @throws InvalidNameException when the name is empty, too long, or would leave its base
    public FileName {
        if (!isBelow(text) || isTooLong(text)) {
            throw new InvalidNameException(
                    "file name",
                    text,
                    "1 to " + LONGEST + " bytes, parts between single slashes, none of them \".\" or \"..\","
                            + " no backslash, no control character and no half of one in UTF-16");
        }
    }

    /// A character takes three bytes at most, a pair four; so most names need not be encoded to know.
    private static boolean isTooLong(String text) {
        return text.length() > LONGEST / 3 && text.getBytes(StandardCharsets.UTF_8).length > LONGEST;
    }

    /// Whether no part is empty or leads elsewhere. One pass, for folders have hundreds of thousands of files.
    private static boolean isBelow(String text) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '/' : text.charAt(i);
            if (c < ' ' || (c >= 0x7f && c <= 0x9f) || c == '\\' || isHalf(text, i, c)) {
                return false;
            }
            if (c == '/') {
                int length = i - start;
                boolean dots = length > 0 && length < 3 && text.charAt(start) == '.' && text.charAt(i - 1) == '.';
                if (length == 0 || dots) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    /// Whether this is half a character, which UTF-8 can't write: two such names would be one at a store.
    private static boolean isHalf(String text, int at, char c) {
        if (!Character.isSurrogate(c)) {
            return false;
        }
        return Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }

    @Override
    public int compareTo(FileName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
