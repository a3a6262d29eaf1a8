// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// How large images are. Start at [ImageSize].
@NullMarked
package io.kpromo.images.size;

import org.jspecify.annotations.NullMarked;
