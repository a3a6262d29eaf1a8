// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci;

/// A name that breaks its grammar. Carries the name as it was written, so that whoever read it can add where it
/// stood.
public final class InvalidNameException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;

    private final String kind;
    private final String wanted;

    public InvalidNameException(String kind, String text, String wanted) {
        super("invalid " + kind + " \"" + shown(text) + "\": want " + wanted);
        this.kind = kind;
        this.wanted = wanted;
    }

    /// What was to be named: `tag`, `digest`, `repository name`.
    public String kind() {
        return kind;
    }

    /// What would have been right, in words.
    public String wanted() {
        return wanted;
    }

    private static String shown(String text) {
        String printable = text.codePoints()
                .limit(SHOWN)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return text.length() > SHOWN ? printable + "…" : printable;
    }
}
