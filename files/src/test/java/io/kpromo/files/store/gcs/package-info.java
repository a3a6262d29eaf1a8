// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Buckets of Google, against a fake.
@NullMarked
package io.kpromo.files.store.gcs;

import org.jspecify.annotations.NullMarked;
