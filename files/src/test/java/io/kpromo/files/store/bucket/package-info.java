// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// How buckets are asked.
@NullMarked
package io.kpromo.files.store.bucket;

import org.jspecify.annotations.NullMarked;
