// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Buckets of S3, against a fake.
@NullMarked
package io.kpromo.files.store.s3;

import org.jspecify.annotations.NullMarked;
