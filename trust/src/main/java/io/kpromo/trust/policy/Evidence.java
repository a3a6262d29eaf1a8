// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import io.kpromo.trust.Identity;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.Statement;
import java.util.Optional;

/// A signature or an attestation that was found for a digest.
///
/// @param where it was found
/// @param predicateType as the signed text has it, else as whoever stored it says, else empty
/// @param standing whether it can be trusted
/// @param about whether it is about the digest that it was found for
/// @param statement what it states, signatures of the older form as well; empty for what can't be read
public record Evidence(
        Location where, String predicateType, Standing standing, boolean about, Optional<Statement> statement) {
    /// Whom it proves to have signed; empty where it proves nothing.
    public Optional<Identity> signer() {
        return standing instanceof Standing.Verified(Identity signer, var _) ? Optional.of(signer) : Optional.empty();
    }

    public boolean isProvenance() {
        return predicateType.equals(PredicateTypes.PROVENANCE_0_2) || predicateType.equals(PredicateTypes.PROVENANCE_1);
    }

    public boolean isSignature() {
        return predicateType.equals(PredicateTypes.SIGNATURE);
    }

    /// Whether nobody can tell what it would have said.
    boolean isUnreadable() {
        return predicateType.isEmpty() && standing instanceof Standing.Failed;
    }
}
