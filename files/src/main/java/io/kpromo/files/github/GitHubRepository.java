// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import io.kpromo.oci.InvalidNameException;

/// A repository on GitHub: `kubernetes-sigs/cri-tools`.
public record GitHubRepository(String org, String name) {
    private static final int LONGEST = 100;

    /// @throws InvalidNameException when GitHub has no such names
    public GitHubRepository {
        check("organisation on GitHub", org);
        check("repository on GitHub", name);
    }

    private static void check(String what, String text) {
        boolean fine = !text.isEmpty() && text.length() <= LONGEST && !text.equals(".") && !text.equals("..");
        for (int i = 0; fine && i < text.length(); i++) {
            char c = text.charAt(i);
            fine = c < 0x7f && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
        }
        if (!fine) {
            throw new InvalidNameException(what, text, "letters, digits, - _ and . only");
        }
    }

    @Override
    public String toString() {
        return org + "/" + name;
    }
}
