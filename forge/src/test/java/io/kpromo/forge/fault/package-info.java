// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Forges that fail, for tests. Start at [FailingForge].
@NullMarked
package io.kpromo.forge.fault;

import org.jspecify.annotations.NullMarked;
