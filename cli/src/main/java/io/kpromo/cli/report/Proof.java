// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.report;

import java.util.List;
import java.util.Locale;

/// The signatures and the record of one image, on its canonical registry.
///
/// @param image the repository there
/// @param digest with its algorithm
/// @param name the production name that they are about
/// @param tags it was promoted with
/// @param pieces that were missing, in the order of writing
/// @param why it failed; empty where it did not
public record Proof(
        State state, String image, String digest, String name, List<String> tags, List<String> pieces, String why) {
    /// What became of it.
    public enum State {
        SIGNED("signed"),
        /// Would be: a dry run, or a run that was refused or stopped.
        TO_SIGN("to sign"),
        /// The image itself is not in place, or staging speaks against it.
        WAITING("waiting"),
        FAILED("failed");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /// As people read it.
        public String words() {
            return words;
        }

        /// As programs read it: `to-sign`.
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Proof {
        tags = List.copyOf(tags);
        pieces = List.copyOf(pieces);
    }
}
