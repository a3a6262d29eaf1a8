// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests of the parts of a copy, each alone, with real threads. Start at [SourceTreesTest].
@NullMarked
package io.kpromo.oci.copy;

import org.jspecify.annotations.NullMarked;
