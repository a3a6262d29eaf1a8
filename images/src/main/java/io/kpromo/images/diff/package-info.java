// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Which digests a change added, by the history of the repository that holds the manifests. Start at
/// [ManifestDiff].
///
/// The only place that loads JGit.
@NullMarked
package io.kpromo.images.diff;

import org.jspecify.annotations.NullMarked;
