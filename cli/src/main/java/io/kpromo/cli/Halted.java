// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import java.util.Set;

/// A run that was told to stop before its end.
///
/// @param decided whether it had decided by then what to do
/// @param begun what was under way: decisions about images, or edges of files
record Halted(boolean decided, Set<Object> begun) {
    /// What a report says about something that was under way.
    static final String WHY = "the run was interrupted while it was written";

    static final String ADVICE = "run the same command again; what is in place is not written again";
}
