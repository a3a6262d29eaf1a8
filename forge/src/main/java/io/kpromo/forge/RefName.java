// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import io.kpromo.oci.InvalidNameException;

/// The name of a branch or a tag, without `refs/heads/` or `refs/tags/`; the rules are those of
/// git-check-ref-format(1).
public record RefName(String text) {
    private static final int LONGEST = 244;

    /// @throws InvalidNameException when git takes no such name
    public RefName {
        boolean fine = !text.isEmpty()
                && text.length() <= LONGEST
                && !text.equals("@")
                && !text.startsWith("-")
                && !text.startsWith("/")
                && !text.endsWith("/")
                && !text.endsWith(".")
                && !text.contains("..")
                && !text.contains("//")
                && !text.contains("@{");
        for (String part : text.split("/", -1)) {
            fine &= !part.startsWith(".") && !part.endsWith(".lock");
        }
        for (int i = 0; fine && i < text.length(); i++) {
            char c = text.charAt(i);
            fine = c > ' ' && c != 0x7f && "~^:?*[\\".indexOf(c) < 0;
        }
        if (!fine) {
            throw new InvalidNameException("branch or tag", text, "what git-check-ref-format(1) allows");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
