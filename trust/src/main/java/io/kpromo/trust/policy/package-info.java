// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// What has to be proved of an image before it is promoted, and whether it is. Start at [ProvenancePolicy]: its
/// judgement is pure, over [Evidence] that others have looked up and verified.
@NullMarked
package io.kpromo.trust.policy;

import org.jspecify.annotations.NullMarked;
