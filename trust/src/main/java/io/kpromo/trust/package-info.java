// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Who signs, who is expected to have signed, and what it takes to tell. Start at [Signatory] to sign,
/// at [io.kpromo.trust.verify.Verifier] to verify.
///
/// Knows registries, but nothing of promotion.
@NullMarked
package io.kpromo.trust;

import org.jspecify.annotations.NullMarked;
