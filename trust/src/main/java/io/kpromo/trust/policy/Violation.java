// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

/// A way in which an image does not do what a policy asks.
///
/// @param text for people, one line
public record Violation(Reason reason, String text) {
    /// What is wrong, for programs.
    public enum Reason {
        NO_PROVENANCE,
        NOT_SIGNED,
        NOT_VERIFIED,
        SIGNER,
        OTHER_DIGEST,
        UNREADABLE,
        BUILDER,
        BUILDER_NOT_FOR_SIGNER,
        SOURCE,
        LEVEL,
        PREDICATE_TYPE
    }

    /// What strangers have written may be long, or try to move the terminal.
    private static final int LONGEST = 600;

    public Violation {
        text = text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
