// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.Discussions;
import io.kpromo.forge.ForgeException;
import java.net.URI;
import java.util.Optional;

/// A forge that has no discussions.
///
/// @param forge what it is called
public record NoDiscussions(String forge) implements Discussions {
    @Override
    public Optional<URI> titled(String category, String title) {
        throw none();
    }

    @Override
    public URI create(String category, String title, String body) {
        throw none();
    }

    private ForgeException none() {
        return new ForgeException(forge + " has no discussions; announce in another way");
    }
}
