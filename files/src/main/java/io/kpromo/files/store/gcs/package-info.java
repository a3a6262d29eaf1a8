// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Files in buckets of Google Cloud Storage. Start at [GcsStores].
@NullMarked
package io.kpromo.files.store.gcs;

import org.jspecify.annotations.NullMarked;
