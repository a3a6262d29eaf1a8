// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import java.util.Locale;

/// What proof is made of, in the order of writing. The record comes last: where it is, nothing was left out.
public enum Piece {
    /// A signature under the tag `sha256-<hex>.sig`; of an index, and of all manifests below it.
    TAG_SIGNATURE("signature (tag)"),
    /// A signature in a bundle that refers to the image; of an index, and of all manifests below it.
    BUNDLE_SIGNATURE("signature (bundle)"),
    /// Attestations of the staging registry that the policy accepted.
    ATTESTATIONS("staging attestations"),
    /// What the verification of the staging image came to.
    SUMMARY("verification summary"),
    /// What was promoted, from where, by which manifest and job.
    RECORD("promotion record");

    private final String words;

    Piece(String words) {
        this.words = words;
    }

    public boolean isSignature() {
        return this == TAG_SIGNATURE || this == BUNDLE_SIGNATURE;
    }

    /// As people read it.
    public String words() {
        return words;
    }

    /// As programs read it: `tag-signature`.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
