// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.proof.DesiredProofs;
import io.kpromo.images.proof.ProofReader;
import io.kpromo.images.proof.Prover;

/// The proof of a promotion.
///
/// @param desired what shall be signed and recorded
/// @param reader tells what is there
/// @param prover writes what is not
public record Proofs(DesiredProofs desired, ProofReader reader, Prover prover) {}
