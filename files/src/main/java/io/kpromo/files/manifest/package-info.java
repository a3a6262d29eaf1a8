// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Manifests of file promotion. Start at [FileManifests].
@NullMarked
package io.kpromo.files.manifest;

import org.jspecify.annotations.NullMarked;
