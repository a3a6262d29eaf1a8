// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.oci.Digest;
import io.kpromo.trust.statement.Statement;

/// What is stated about a promoted content besides that it is signed.
public interface Statements {
    /// The promotion record.
    Statement record(WantedProof wanted);

    /// What the verification of the staging image came to.
    ///
    /// @param manifest of the content, or one below it
    Statement summary(WantedProof wanted, Digest manifest);
}
