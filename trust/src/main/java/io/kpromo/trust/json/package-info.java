// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// JSON that strangers wrote, read without harm. Start at [Json].
@NullMarked
package io.kpromo.trust.json;

import org.jspecify.annotations.NullMarked;
