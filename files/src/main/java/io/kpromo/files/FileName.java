// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files;

import io.kpromo.oci.InvalidNameException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The name of a file below a base: parts between slashes, none of which leads out of it.
///
/// @param text as in manifests: `linux/amd64/kubectl`
public record FileName(String text) implements Comparable<FileName> {
    /// Bytes in UTF-8, as the stores limit it.
    public static final int LONGEST = 1024;

    /// @throws InvalidNameException when the name is empty, too long, or would leave its base
    public FileName {
        if (text.isEmpty()
                || text.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\')
                || text.getBytes(StandardCharsets.UTF_8).length > LONGEST
                || Arrays.stream(text.split("/", -1)).anyMatch(FileName::leads)) {
            throw new InvalidNameException(
                    "file name",
                    text,
                    "1 to " + LONGEST + " bytes, parts between single slashes, none of them \".\" or \"..\","
                            + " no backslash and no control character");
        }
    }

    /// Whether a part is empty, or leads elsewhere.
    private static boolean leads(String part) {
        return part.isEmpty() || part.equals(".") || part.equals("..");
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
