// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// What holds for every store.
@NullMarked
package io.kpromo.files.store;

import org.jspecify.annotations.NullMarked;
