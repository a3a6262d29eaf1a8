// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.Forge;
import io.kpromo.forge.Slug;
import java.util.Optional;

/// Where branches of pull requests go: to the account's fork, or to the repository itself where it has none.
///
/// @param forge seen as the account
record Forks(Forge forge) {
    /// At most two requests.
    Slug of(Slug target) throws InterruptedException {
        String user = forge.user();
        Slug fork = new Slug(user, target.name());
        if (fork.equals(target)) {
            return target;
        }
        boolean isFork = forge.sources(fork)
                .facts()
                .flatMap(facts -> facts.parent())
                .filter(target::equals)
                .isPresent();
        return isFork ? fork : target;
    }

    /// @param named `user` or `user/repository`; empty for what [#of(Slug)] finds
    Slug of(Slug target, Optional<String> named) throws InterruptedException {
        if (named.isEmpty()) {
            return of(target);
        }
        return named.get().contains("/") ? Slug.of(named.get()) : new Slug(named.get(), target.name());
    }
}
