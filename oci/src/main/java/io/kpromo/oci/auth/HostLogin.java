// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import io.kpromo.oci.Host;
import io.kpromo.oci.http.Time;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What was learned of how one registry wants to be signed in to.
final class HostLogin {
    private final TokenService tokens;
    private final Map<Grants, String> demanded = new ConcurrentHashMap<>();
    private volatile Optional<Way> way = Optional.empty();

    HostLogin(Host host, Time time) {
        this.tokens = new TokenService(host, time);
    }

    /// How to sign in.
    sealed interface Way permits BasicWay, BearerWay {}

    record BasicWay() implements Way {}

    /// @param service as the registry calls itself, or empty
    record BearerWay(TokenRealm realm, String service) implements Way {}

    TokenService tokens() {
        return tokens;
    }

    /// Empty as long as the registry has not asked for anything.
    Optional<Way> way() {
        return way;
    }

    void learned(Way found) {
        way = Optional.of(found);
    }

    /// Remembers that a registry wants other scopes than a request would ask for, as one behind a proxy that
    /// changes names does.
    void demands(Grants asked, String scopes) {
        if (!asked.and(scopes).equals(asked)) {
            demanded.put(asked, scopes);
        }
    }

    /// What is asked for in the end.
    Grants wanted(Grants asked) {
        String more = demanded.get(asked);
        return more == null ? asked : asked.and(more);
    }
}
