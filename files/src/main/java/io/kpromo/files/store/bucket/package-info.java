// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// What stores with buckets have in common: how their files are looked up ([Looking]), how addresses are written,
/// and how bytes are counted and summed on their way.
@NullMarked
package io.kpromo.files.store.bucket;

import org.jspecify.annotations.NullMarked;
