// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli.terminal;

/// How progress is shown. Called by one thread.
public sealed interface Display permits Bars, Lines, Quiet {
    /// How long it wants to wait for the next look.
    ///
    /// @return milliseconds
    long period();

    /// Shows where things stand, or decides that it isn't time yet.
    void show(Tally.Now now);

    /// Takes away what does not stay.
    default void end() {}
}
