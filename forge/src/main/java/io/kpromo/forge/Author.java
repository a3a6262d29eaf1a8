// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import io.kpromo.oci.InvalidNameException;

/// Who wrote a commit.
///
/// @param name without `<`, `>` and line ends
/// @param email likewise
public record Author(String name, String email) {
    /// @throws InvalidNameException when git could not write it down
    public Author {
        check("name of an author", name);
        check("e-mail address of an author", email);
    }

    private static void check(String what, String text) {
        if (text.isBlank() || text.codePoints().anyMatch(c -> c == '<' || c == '>' || Character.isISOControl(c))) {
            throw new InvalidNameException(what, text, "text on one line without < and >");
        }
    }

    /// As `Signed-off-by` has it.
    @Override
    public String toString() {
        return name + " <" + email + ">";
    }
}
