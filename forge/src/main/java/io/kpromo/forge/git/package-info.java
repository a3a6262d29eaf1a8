// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Git repositories on this machine, and what is fetched from and pushed to others. Start at [GitRepository].
///
/// The only place of this room that knows JGit.
@NullMarked
package io.kpromo.forge.git;

import org.jspecify.annotations.NullMarked;
