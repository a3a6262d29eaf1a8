// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// What the files of a folder are called and what they hold: the `files:` section of a manifest. Start at
/// [FolderHashes].
@NullMarked
package io.kpromo.files.hash;

import org.jspecify.annotations.NullMarked;
