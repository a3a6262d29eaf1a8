// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// What proves that an image was promoted: signatures, carried attestations, summaries, promotion records. They are
/// desired and observed like tags, and [ProofPlan] says what is missing. Start at [DesiredProofs].
@NullMarked
package io.kpromo.images.proof;

import org.jspecify.annotations.NullMarked;
