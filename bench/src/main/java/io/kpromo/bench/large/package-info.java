// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// A layer too large for memory or disk, made on the way out and dropped on the way in. Start at [LargeRegistries].
@NullMarked
package io.kpromo.bench.large;

import org.jspecify.annotations.NullMarked;
