// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// A counting, delaying HTTP/1.1 pass-through, in a process of its own so that it shares neither heap nor garbage
/// collector with what it measures. Start at [ProxyProcess]; the process itself is [CountingProxy].
@NullMarked
package io.kpromo.bench.proxy;

import org.jspecify.annotations.NullMarked;
