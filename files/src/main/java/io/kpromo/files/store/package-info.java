// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Where files lie, one room for each kind. Start at [Store].
@NullMarked
package io.kpromo.files.store;

import org.jspecify.annotations.NullMarked;
