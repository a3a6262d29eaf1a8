// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import io.kpromo.oci.InvalidNameException;

/// A commit by its object name: 40 or 64 lower-case hexadecimal digits.
public record CommitId(String hex) {
    /// @throws InvalidNameException when it is none
    public CommitId {
        if (!hex.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            throw new InvalidNameException("commit", hex, "40 or 64 lower-case hexadecimal digits");
        }
    }

    /// As people read it.
    public String brief() {
        return hex.substring(0, 12);
    }

    @Override
    public String toString() {
        return hex;
    }
}
