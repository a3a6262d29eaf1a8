// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust;

import com.google.re2j.Pattern;

/// What a text has to be. Expressions have to match the whole of it: one that finds only a part does not match.
public sealed interface TextPattern {
    boolean matches(String text);

    /// Exactly this text.
    record Exactly(String text) implements TextPattern {
        @Override
        public boolean matches(String other) {
            return text.equals(other);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// Any text that this RE2 expression matches from its first to its last character.
    record Expression(Pattern pattern) implements TextPattern {
        /// @throws com.google.re2j.PatternSyntaxException where it is none
        public static Expression of(String expression) {
            return new Expression(Pattern.compile(expression));
        }

        @Override
        public boolean matches(String text) {
            return pattern.matches(text);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Expression other && pattern.pattern().equals(other.pattern.pattern());
        }

        @Override
        public int hashCode() {
            return pattern.pattern().hashCode();
        }

        @Override
        public String toString() {
            return "/" + pattern.pattern() + "/";
        }
    }
}
