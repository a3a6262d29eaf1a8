// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// A forge in a folder of this machine: bare git repositories, and everything else as JSON beside them. Start at
/// [FolderForge].
///
/// For trying the release process out, and for tests: it refuses what forges refuse.
@NullMarked
package io.kpromo.forge.folder;

import org.jspecify.annotations.NullMarked;
