// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests on a real registry on loopback.
@NullMarked
package io.kpromo.trust.store;

import org.jspecify.annotations.NullMarked;
