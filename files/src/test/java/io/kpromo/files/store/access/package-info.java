// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Who we are for clouds.
@NullMarked
package io.kpromo.files.store.access;

import org.jspecify.annotations.NullMarked;
