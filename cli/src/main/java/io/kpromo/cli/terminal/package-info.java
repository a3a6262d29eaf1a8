// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// What people see: lines, progress, numbers as they are read.
///
/// Start at [Screen]: everything on standard error goes through it. [Progress] watches a promotion and shows it
/// there.
@NullMarked
package io.kpromo.cli.terminal;

import org.jspecify.annotations.NullMarked;
