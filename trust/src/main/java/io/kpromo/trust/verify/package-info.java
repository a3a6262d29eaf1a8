// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tells who has signed what. Start at [Verifier].
@NullMarked
package io.kpromo.trust.verify;

import org.jspecify.annotations.NullMarked;
