// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.s3;

import java.time.Instant;

/// An upload in parts that nobody has ended yet, as the store lists it.
///
/// @param id as the store calls it
/// @param initiator who opened it
/// @param initiated when, by the store's clock
record OpenUpload(String key, String id, String initiator, Instant initiated) {
    /// Whether the same account opened this one before that one, for the same object.
    boolean isBefore(OpenUpload other) {
        return key.equals(other.key) && initiator.equals(other.initiator) && initiated.isBefore(other.initiated);
    }
}
