// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

/// Who signs which piece, and whose signatures count for it.
///
/// @param proof of all pieces but summaries
/// @param summaries of verification summaries: who verifies may be somebody else than who promotes
public record Notaries(Notary proof, Notary summaries) {
    /// One for everything.
    public static Notaries of(Notary all) {
        return new Notaries(all, all);
    }

    public Notary of(Piece piece) {
        return piece == Piece.SUMMARY ? summaries : proof;
    }
}
