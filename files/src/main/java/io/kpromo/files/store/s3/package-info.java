// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Files in buckets of Amazon S3, or of whatever speaks like it. Start at [S3Stores].
@NullMarked
package io.kpromo.files.store.s3;

import org.jspecify.annotations.NullMarked;
