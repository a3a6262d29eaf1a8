// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

/// How long the pieces of a blob stay in memory.
enum Keeping {
    /// Until all have taken them, or are left behind.
    UNTIL_TAKEN,
    /// Until their one taker has them, however long that takes: nobody else is held up.
    FOR_ONE,
    /// Until nobody wants the blob any more, so that it can be sent again and again.
    WHOLE
}
