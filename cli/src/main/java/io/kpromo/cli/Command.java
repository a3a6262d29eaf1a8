// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

/// What a person can ask for. Rooms are opened in [#call] and closed there.
interface Command {
    /// Says what the command is called and which words it takes.
    void describe(Flags flags);

    /// Does it and prints the result.
    ///
    /// @throws InterruptedException when the process was told to stop
    /// @throws Exception any failure; [Shell] makes one line of it
    ExitCode call() throws Exception;
}
