// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Manifests of image promotion, plain ones and thin trees. Start at [Manifests].
@NullMarked
package io.kpromo.images.manifest;

import org.jspecify.annotations.NullMarked;
