// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// How signatures are stored: for cosign 2 under a tag, for cosign 3 in a bundle that refers to the image.
public enum SignatureFormat {
    TAG(EnumSet.of(Piece.TAG_SIGNATURE)),
    BUNDLE(EnumSet.of(Piece.BUNDLE_SIGNATURE)),
    BOTH(EnumSet.of(Piece.TAG_SIGNATURE, Piece.BUNDLE_SIGNATURE));

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable set of constants
    private final Set<Piece> pieces;

    SignatureFormat(Set<Piece> pieces) {
        this.pieces = Set.copyOf(pieces);
    }

    /// What it consists of.
    public Set<Piece> pieces() {
        return pieces;
    }

    /// As it is written on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
