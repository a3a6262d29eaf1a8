// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import io.kpromo.oci.InvalidNameException;
import java.util.Locale;

/// A repository on a forge: `kubernetes/k8s.io`, on GitLab also `group/subgroup/name`. Compared without case, as
/// forges do, and shown as it was written.
///
/// @param owner an account, an organisation, or groups with `/` between them
/// @param name may hold dots
public record Slug(String owner, String name) {
    private static final int LONGEST = 100;

    /// @throws InvalidNameException when no forge has such names
    public Slug {
        for (String part : owner.split("/", -1)) {
            check("owner of a repository", part);
        }
        check("repository name", name);
    }

    /// Reads `owner/name`.
    ///
    /// @throws InvalidNameException when it is not that
    public static Slug of(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            throw new InvalidNameException("repository", text, "owner/name");
        }
        return new Slug(text.substring(0, slash), text.substring(slash + 1));
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
    public boolean equals(Object other) {
        return other instanceof Slug slug && slug.toString().equalsIgnoreCase(toString());
    }

    @Override
    public int hashCode() {
        return toString().toLowerCase(Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
