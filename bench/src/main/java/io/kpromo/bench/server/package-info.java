// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Servers in processes of their own, for measurements and for tests against others. Start at [ServerProcess].
@NullMarked
package io.kpromo.bench.server;

import org.jspecify.annotations.NullMarked;
