// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.plan;

import io.kpromo.files.store.StoredFile;

/// What was found where a file was looked for.
public sealed interface Sight {
    /// Nothing is there.
    record Absent() implements Sight {}

    record Present(StoredFile file) implements Sight {}

    /// It could not be looked for.
    ///
    /// @param why what the store said
    record Unseen(String why) implements Sight {}
}
