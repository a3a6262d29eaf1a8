// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Measurements, of kpromo and of the programs of others beside it. Start at [Bench].
@NullMarked
package io.kpromo.bench;

import org.jspecify.annotations.NullMarked;
