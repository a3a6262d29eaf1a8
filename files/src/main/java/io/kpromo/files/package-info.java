// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Promotion of files: makes buckets, folders and registries hold the files that manifests name, byte for byte.
/// Where files lie is a [io.kpromo.files.store.Store].
@NullMarked
package io.kpromo.files;

import org.jspecify.annotations.NullMarked;
