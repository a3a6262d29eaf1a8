// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The tokens of one registry. One that allows more serves for less.
final class Tokens {
    private static final int MOST_PER_RESOURCE = 16;
    private static final String NO_RESOURCE = "";

    private final Map<String, List<Token>> byResource = new ConcurrentHashMap<>();

    Optional<Token> covering(Grants wanted, long now) {
        for (Token token : byResource.getOrDefault(resource(wanted), List.of())) {
            if (token.isGood(now)
                    && token.grants().covers(wanted)
                    && !token.secret().isEmpty()) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    private static String resource(Grants grants) {
        for (String resource : grants.actions().keySet()) {
            return resource;
        }
        return NO_RESOURCE;
    }

    void add(Token token, long now) {
        if (token.grants().actions().isEmpty()) {
            add(NO_RESOURCE, token, now);
        }
        token.grants().actions().keySet().forEach(resource -> add(resource, token, now));
    }

    /// Lists are replaced rather than changed, so that they are read without a lock.
    private void add(String resource, Token token, long now) {
        byResource.compute(resource, (r, before) -> {
            List<Token> after = new ArrayList<>();
            after.add(token);
            for (Token old : before == null ? List.<Token>of() : before) {
                if (old.isGood(now) && !token.grants().covers(old.grants()) && after.size() < MOST_PER_RESOURCE) {
                    after.add(old);
                }
            }
            return List.copyOf(after);
        });
    }

    /// Forgets a token that was refused.
    void remove(String header) {
        byResource.replaceAll((resource, tokens) ->
                tokens.stream().filter(token -> !token.header().equals(header)).toList());
    }
}
