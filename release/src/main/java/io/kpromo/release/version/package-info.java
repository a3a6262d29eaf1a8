// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Versions and what comes after them. Start at [Version].
@NullMarked
package io.kpromo.release.version;

import org.jspecify.annotations.NullMarked;
