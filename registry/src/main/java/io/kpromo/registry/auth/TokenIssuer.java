// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.auth;

import io.kpromo.oci.http.Scope;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Issues tokens and knows them again. May be shared by registries, as one token service serves many.
public final class TokenIssuer {
    private final TokenRules rules;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Granted> tokens = new ConcurrentHashMap<>();

    private record Granted(String user, List<Scope> scopes, Instant until) {}

    public TokenIssuer(TokenRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    public TokenIssuer(TokenRules rules) {
        this(rules, Clock.systemUTC());
    }

    public TokenRules rules() {
        return rules;
    }

    /// Whether that is the user's password.
    public boolean knows(Credentials credentials) {
        return credentials.password().equals(rules.users().get(credentials.user()));
    }

    public boolean knowsIdentityToken(String token) {
        return rules.identityTokens().contains(token);
    }

    /// A token for as much of this as the asker may have; perhaps for nothing.
    ///
    /// @param user who asks; nobody where empty
    /// @param scopes as they were asked for, for example `repository:a/b:pull,push`
    public String issue(Optional<String> user, List<String> scopes) {
        Instant now = clock.instant();
        tokens.values().removeIf(granted -> granted.until().isBefore(now));
        List<Scope> granted = new ArrayList<>();
        for (String line : scopes) {
            for (String scope : line.split(" ", -1)) {
                parse(scope).map(wanted -> allowed(user, wanted)).ifPresent(granted::add);
            }
        }
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        tokens.put(token, new Granted(user.orElse(""), granted, now.plus(rules.lifetime())));
        return token;
    }

    /// Who was given this token, as long as it is valid; empty text for nobody in particular.
    public Optional<String> holder(String token) {
        return valid(token).map(Granted::user);
    }

    /// Whether a token allows one action on a resource.
    public boolean allows(String token, String type, String name, String action) {
        return valid(token).stream()
                .flatMap(granted -> granted.scopes().stream())
                .anyMatch(scope -> scope.type().equals(type)
                        && scope.name().equals(name)
                        && Arrays.asList(scope.actions().split(",", -1)).contains(action));
    }

    /// Makes every token invalid that was issued so far.
    public void revokeAll() {
        tokens.clear();
    }

    private Optional<Granted> valid(String token) {
        return Optional.ofNullable(tokens.get(token))
                .filter(granted -> granted.until().isAfter(clock.instant()));
    }

    private Scope allowed(Optional<String> user, Scope wanted) {
        if (user.isPresent()) {
            return wanted;
        }
        List<String> actions = Arrays.stream(wanted.actions().split(",", -1))
                .filter(rules.anonymous()::contains)
                .toList();
        return new Scope(wanted.type(), wanted.name(), String.join(",", actions));
    }

    /// A repository's name may hold a colon only as a host's port, which this registry has none of.
    private static Optional<Scope> parse(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        return first <= 0 || last == first
                ? Optional.empty()
                : Optional.of(
                        new Scope(text.substring(0, first), text.substring(first + 1, last), text.substring(last + 1)));
    }
}
