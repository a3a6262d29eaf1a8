// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.oci.Digest;

/// What a tag was seen to point to.
public sealed interface TagState {
    /// It pointed to this digest.
    record PointsTo(Digest digest) implements TagState {}

    /// There was no such tag.
    record Absent() implements TagState {}

    /// It could not be seen, and so nothing may be written over it.
    ///
    /// @param why one line: what was asked and what the registry said
    record Unreadable(String why) implements TagState {}
}
