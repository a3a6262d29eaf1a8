// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import io.kpromo.oci.Host;
import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.SignIn.Plain;
import io.kpromo.oci.http.Time;
import java.time.Duration;
import java.util.Optional;

/// Gets the tokens of one registry from its realm. Callers who need the same share one request.
final class TokenService {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Host registry;
    private final Time time;
    private final Tokens tokens = new Tokens();
    private final InFlight<Grants, Token> asking = InFlight.passing(LONGEST);

    TokenService(Host registry, Time time) {
        this.registry = registry;
        this.time = time;
    }

    void forget(String header) {
        tokens.remove(header);
    }

    /// @param credential of the registry; goes to the realm only where that is trusted
    Token token(TokenRealm realm, String service, Grants wanted, Optional<Credential> credential, Plain plain)
            throws InterruptedException {
        Optional<Token> known = tokens.covering(wanted, time.nanos());
        return known.isPresent()
                ? known.get()
                : asking.once(wanted, () -> ask(realm, service, wanted, credential, plain));
    }

    private Token ask(TokenRealm realm, String service, Grants wanted, Optional<Credential> credential, Plain plain)
            throws InterruptedException {
        // Who waited for the same may find it here by now.
        Optional<Token> known = tokens.covering(wanted, time.nanos());
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return fetch(realm, service, wanted, credential, plain);
        } catch (RegistryException refused) {
            // A mount wants to read another repository too. Where that is denied, the upload itself may still go.
            if (wanted.actions().size() > 1 && (refused.status() == 401 || refused.status() == 403)) {
                Token less = fetch(realm, service, wanted.first(), credential, plain);
                Token used = new Token(less.secret(), wanted, less.goodUntil());
                tokens.add(used, time.nanos());
                return used;
            }
            throw refused;
        }
    }

    private Token fetch(TokenRealm realm, String service, Grants wanted, Optional<Credential> credential, Plain plain)
            throws InterruptedException {
        Optional<Credential> shown = realm.trusted() ? credential : Optional.empty();
        Optional<Secret> refresh = shown.map(c -> c instanceof Credential.IdentityToken t ? t.token() : null);
        Optional<String> header = shown.map(c -> c instanceof Credential.Basic basic ? basic.header() : null);
        TokenCall call = new TokenCall(realm, service, wanted, refresh, why(realm, wanted, credential));
        boolean stranger = !realm.trusted() && !registry.isLoopback();
        TokenCall.Answer answer = plain.send(call, header, stranger);
        Token token = Token.of(answer.token(), wanted, answer.lifetime(), time.nanos());
        tokens.add(token, time.nanos());
        return token;
    }

    private String why(TokenRealm realm, Grants wanted, Optional<Credential> credential) {
        String what = "cannot sign in to " + registry + " for " + wanted;
        if (credential.isEmpty()) {
            return what + " without credentials, and none are known for this registry";
        }
        return realm.trusted()
                ? what
                : what + " without credentials; it wants them to be sent to " + realm.host()
                        + ", which may belong to somebody else (if it may have them, allow it with"
                        + " --allow-token-realm " + realm.host() + ")";
    }
}
