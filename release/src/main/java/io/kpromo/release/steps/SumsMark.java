// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.oci.Digest;
import java.util.regex.Pattern;

/// A line that readers don't see, in the text of a draft on a forge that tells no sums of its files (Gitea, Forgejo,
/// GitLab):
/// which files were uploaded. Without it, a file that was built anew and is as long as the old one would be taken for
/// it.
///
/// @param text the line
record SumsMark(String text) {
    private static final Pattern ANY = Pattern.compile("\n<!-- files by their sums: sha256:[0-9a-f]{64} -->\\s*$");

    /// @param sums of all files, as they are uploaded
    static SumsMark of(byte[] sums) {
        return new SumsMark("<!-- files by their sums: " + Digest.sha256(sums) + " -->");
    }

    boolean isIn(String body) {
        return body.contains(text);
    }

    /// The body with this mark, and no other, at its end.
    String in(String body) {
        return without(body) + "\n" + text + "\n";
    }

    /// What readers see.
    static String without(String body) {
        return ANY.matcher(body).replaceFirst("");
    }
}
