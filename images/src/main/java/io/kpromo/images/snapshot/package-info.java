// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// What a registry holds, or shall hold, as a list of images. Start at [Snapshot].
@NullMarked
package io.kpromo.images.snapshot;

import org.jspecify.annotations.NullMarked;
