// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.statement;

import io.kpromo.oci.Digest;
import java.util.Optional;

/// What a statement is about.
///
/// @param name by which it is known; cosign's own statements have none
public record Subject(Optional<String> name, Digest digest) {
    public static Subject of(String name, Digest digest) {
        return new Subject(Optional.of(name), digest);
    }
}
