// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Stores of clouds on this machine, as their vendors' documents describe them, and with faults on demand.
@NullMarked
package io.kpromo.files.store.fake;

import org.jspecify.annotations.NullMarked;
