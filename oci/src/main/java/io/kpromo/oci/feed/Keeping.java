// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.feed;

/// How long the pieces stay in memory.
enum Keeping {
    /// Until all have taken them, or are left behind.
    UNTIL_TAKEN,
    /// Until their one taker has them, however long that takes: nobody else is held up.
    FOR_ONE,
    /// Until nobody wants it any more, so that it can be sent again and again.
    WHOLE
}
