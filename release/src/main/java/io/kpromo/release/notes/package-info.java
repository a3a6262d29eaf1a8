// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Release notes out of merged pull requests. Start at [Notes].
@NullMarked
package io.kpromo.release.notes;

import org.jspecify.annotations.NullMarked;
