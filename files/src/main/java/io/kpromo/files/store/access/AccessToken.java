// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.access;

import io.kpromo.oci.auth.Secret;
import java.time.Instant;
import java.util.Optional;

/// A token that says who we are, to whoever is shown it.
public record AccessToken(Secret text, Instant until) implements Passing {
    @Override
    public Optional<Instant> expires() {
        return Optional.of(until);
    }
}
