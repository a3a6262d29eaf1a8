// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import io.kpromo.oci.Host;
import io.kpromo.oci.auth.HostLogin.BasicWay;
import io.kpromo.oci.auth.HostLogin.BearerWay;
import io.kpromo.oci.auth.HostLogin.Way;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.Request;
import io.kpromo.oci.http.Scope;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Signs in as registries ask for it: not at all, by name and password, or by tokens. Nobody is asked how before
/// there is something to do: the first answer tells, and it is remembered.
///
/// ```java
/// SignIn signIn = RegistrySignIn.with(Credentials.of(System.getenv(), home), Set.of());
/// Transport transport = HttpTransport.open(options, signIn, listener);
/// ```
public final class RegistrySignIn implements SignIn {
    private static final Duration LONGEST_SCOUT = Duration.ofSeconds(60);

    private final RememberedCredentials credentials;
    private final Set<Host> allowedRealms;
    private final Time time;
    private final Scouts scouts = new Scouts(LONGEST_SCOUT);
    private final ConcurrentHashMap<Host, HostLogin> logins = new ConcurrentHashMap<>();

    private RegistrySignIn(CredentialSource credentials, Set<Host> allowedRealms, Time time) {
        this.credentials = new RememberedCredentials(credentials, time);
        this.allowedRealms = Set.copyOf(allowedRealms);
        this.time = time;
    }

    /// @param allowedRealms hosts of token endpoints that may see the credentials of registries elsewhere
    public static RegistrySignIn with(CredentialSource credentials, Set<Host> allowedRealms) {
        return new RegistrySignIn(credentials, allowedRealms, Time.system());
    }

    static RegistrySignIn with(CredentialSource credentials, Set<Host> allowedRealms, Time time) {
        return new RegistrySignIn(credentials, allowedRealms, time);
    }

    @Override
    public Optional<String> authorization(Request request, Plain plain) throws InterruptedException {
        HostLogin login = login(request);
        if (login.way().isEmpty()) {
            scouts.go(ground(request));
        }
        Optional<Way> way = login.way();
        if (way.isEmpty()) {
            // A token that was given as such needs no challenge to be of use.
            return credential(request).map(c -> c instanceof Credential.RegistryToken token ? bearer(token) : null);
        }
        return switch (way.get()) {
            case BasicWay basic -> credential(request).map(RegistrySignIn::asBasic);
            case BearerWay bearer -> Optional.of(token(request, login, bearer, plain));
        };
    }

    private static String asBasic(Credential credential) {
        return switch (credential) {
            case Credential.Basic basic -> basic.header();
            case Credential.IdentityToken token -> bearer(token.token());
            case Credential.RegistryToken token -> bearer(token);
        };
    }

    private static String bearer(Credential.RegistryToken token) {
        return bearer(token.token());
    }

    private static String bearer(Secret token) {
        return "Bearer " + token.reveal();
    }

    private String token(Request request, HostLogin login, BearerWay way, Plain plain) throws InterruptedException {
        Optional<Credential> credential = credential(request);
        if (credential.isPresent() && credential.get() instanceof Credential.RegistryToken token) {
            return bearer(token);
        }
        Grants wanted = login.wanted(Grants.of(request.scopes()));
        return login.tokens()
                .token(way.realm(), way.service(), wanted, credential, plain)
                .header();
    }

    @Override
    public boolean challenged(Request request, Optional<String> sent, List<String> challenges, Plain plain)
            throws InterruptedException {
        HostLogin login = login(request);
        try {
            return learn(request, login, sent, challenges);
        } finally {
            scouts.back(ground(request), login.way().isPresent());
        }
    }

    private boolean learn(Request request, HostLogin login, Optional<String> sent, List<String> challenges)
            throws InterruptedException {
        Optional<Credential> credential = credential(request);
        boolean again = false;
        for (Challenge challenge : Challenge.parse(challenges)) {
            if (challenge.scheme().equals("bearer")
                    && challenge.parameter("realm").isPresent()) {
                again = bearer(request, login, challenge, sent, credential);
                break;
            }
            if (challenge.scheme().equals("basic") && credential.isPresent()) {
                login.learned(new BasicWay());
                again = !sent.equals(credential.map(RegistrySignIn::asBasic));
            }
        }
        return again;
    }

    private boolean bearer(
            Request request,
            HostLogin login,
            Challenge challenge,
            Optional<String> sent,
            Optional<Credential> credential) {
        String address = challenge.parameter("realm").orElseThrow();
        TokenRealm realm = TokenRealm.of(request.registry(), address, allowedRealms)
                .orElseThrow(() -> new RegistryException(
                        request, 401, "UNAUTHORIZED", "it names no address where a token can be asked for", 1));
        login.learned(new BearerWay(realm, challenge.parameter("service").orElse("")));
        challenge.parameter("scope").ifPresent(scope -> login.demands(Grants.of(request.scopes()), scope));
        sent.ifPresent(login.tokens()::forget);
        boolean fixed = credential.isPresent() && credential.get() instanceof Credential.RegistryToken;
        return !(fixed && sent.isPresent());
    }

    @Override
    public void settled(Request request, boolean answered) {
        scouts.back(ground(request), answered);
    }

    private HostLogin login(Request request) {
        Host host = request.registry();
        HostLogin login = logins.get(host);
        return login != null ? login : logins.computeIfAbsent(host, h -> new HostLogin(h, time));
    }

    private Optional<Credential> credential(Request request) throws InterruptedException {
        for (Scope scope : request.scopes()) {
            if (scope.type().equals("repository")) {
                return credentials.find(request.registry(), scope.name());
            }
        }
        return credentials.find(request.registry(), "");
    }

    private static Scouts.Ground ground(Request request) {
        boolean reads = request.method() == Method.GET || request.method() == Method.HEAD;
        return new Scouts.Ground(request.registry(), !reads && request.kind() != Kind.TOKEN);
    }
}
