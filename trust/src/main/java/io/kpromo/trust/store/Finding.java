// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.ImageReference;

/// Why something that is attached to an image, or may be, could not be looked at. Never the same as "nothing
/// there".
///
/// @param where the manifest, tag or blob
/// @param why in words, with what the other side said
public record Finding(Kind kind, ImageReference where, String why) {
    /// What is the matter.
    public enum Kind {
        /// It could not be read, so that nobody knows what is there: another try may tell.
        UNREADABLE,
        /// It is there and is not what it should be: another try won't help. Where it is a list, nobody knows what
        /// else is there.
        MALFORMED,
        /// There is more of it than is looked at.
        TOO_MUCH
    }

    /// For example `gcr.io/a/b:sha256-….sig: not JSON`.
    @Override
    public String toString() {
        return why.contains(where.toString()) ? why : where + ": " + why;
    }
}
