// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

/// What registries hold of the proof that is wanted, as far as it was looked at.
@FunctionalInterface
public interface ObservedProofs {
    /// To be known for every proof that is wanted: one that nobody looked at is [ProofState.Unreadable], never
    /// absent.
    ProofState state(WantedProof wanted);
}
