// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Sigstore bundles, version 0.3. Start at [Bundle].
@NullMarked
package io.kpromo.trust.bundle;

import org.jspecify.annotations.NullMarked;
