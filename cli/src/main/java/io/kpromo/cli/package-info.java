// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// The commands, the terminal and the reports. No logic of promotion lives here: a command parses, calls a room,
/// prints.
///
/// Start at [Main]; [Commands] is the list of all commands. A room is opened only inside a command's `call`, so
/// that `version` and `--help` load nothing of them.
@NullMarked
package io.kpromo.cli;

import org.jspecify.annotations.NullMarked;
