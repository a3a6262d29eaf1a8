// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Releases on GitHub as a source of files. Start at [GitHub]; what is mirrored where stands in [ReleaseConfigs].
@NullMarked
package io.kpromo.files.github;

import org.jspecify.annotations.NullMarked;
