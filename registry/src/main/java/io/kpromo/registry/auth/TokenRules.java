// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.auth;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// Who gets which token. Changed by copies. Prints no password.
///
/// @param users passwords by name; a user gets whatever is asked for
/// @param identityTokens long-lived tokens that can be exchanged for short-lived ones (OAuth2 `refresh_token`)
/// @param anonymous the actions that anyone gets: of `pull`, `push`, `delete`, `*`
/// @param lifetime of a token
/// @param service the name that clients must repeat when they ask
public record TokenRules(
        Map<String, String> users,
        Set<String> identityTokens,
        Set<String> anonymous,
        Duration lifetime,
        String service) {
    public TokenRules {
        users = Map.copyOf(users);
        identityTokens = Set.copyOf(identityTokens);
        anonymous = Set.copyOf(anonymous);
    }

    /// Everyone gets whatever is asked for, for five minutes.
    public static TokenRules everyone() {
        return new TokenRules(
                Map.of(), Set.of(), Set.of("pull", "push", "delete", "*"), Duration.ofMinutes(5), "kpromo-registry");
    }

    /// Only this user gets anything.
    public static TokenRules user(String name, String password) {
        return new TokenRules(Map.of(name, password), Set.of(), Set.of(), Duration.ofMinutes(5), "kpromo-registry");
    }

    public TokenRules withAnonymous(String... actions) {
        return new TokenRules(users, identityTokens, Set.of(actions), lifetime, service);
    }

    public TokenRules withIdentityToken(String token) {
        return new TokenRules(users, Set.of(token), anonymous, lifetime, service);
    }

    public TokenRules withLifetime(Duration time) {
        return new TokenRules(users, identityTokens, anonymous, time, service);
    }

    @Override
    public String toString() {
        return "TokenRules[" + service + ", anonymous " + anonymous + "]";
    }
}
