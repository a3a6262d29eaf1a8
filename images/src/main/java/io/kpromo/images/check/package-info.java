// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Whether what production holds is signed and recorded, and what to do where it is not. Start at [ProofCheck].
@NullMarked
package io.kpromo.images.check;

import org.jspecify.annotations.NullMarked;
