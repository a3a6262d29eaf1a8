// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import java.util.regex.Pattern;

/// What the other side said, made fit to be shown: one line, not long, and without anything that may be a secret.
final class Said {
    private static final int LONGEST = 240;
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]+");
    /// Long words with digits in them: keys, tokens and signatures look like this, names and reasons seldom do.
    private static final Pattern SECRET = Pattern.compile("(?=[^0-9\\s]*[0-9])[A-Za-z0-9._~+/=-]{20,}");

    private Said() {}

    static String clean(String text) {
        String start = text.substring(0, Math.min(text.length(), 4 * LONGEST));
        String line = UNPRINTABLE.matcher(start).replaceAll(" ").strip();
        String shown = SECRET.matcher(line).replaceAll("***");
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…";
    }

    /// The innermost cause in its own words; what is said on the way there repeats it.
    static String by(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : clean(message);
    }
}
