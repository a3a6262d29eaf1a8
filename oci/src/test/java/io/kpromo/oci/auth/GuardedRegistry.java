// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import static io.kpromo.oci.http.ScriptedServer.reply;

import io.kpromo.oci.Host;
import io.kpromo.oci.http.Asking;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Scope;
import io.kpromo.oci.http.ScriptedServer;
import io.kpromo.oci.http.ScriptedServer.Peer;
import io.kpromo.oci.http.ScriptedServer.Script;
import io.kpromo.oci.http.TransportListener;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A registry and a token endpoint that belong together; what the registry takes can change.
final class GuardedRegistry implements AutoCloseable {
    /// For tests that look for it where it must not be.
    static final String PASSWORD = "t0p-s3cret";

    static final Credential.Basic HUGO = new Credential.Basic("hugo", Secret.of(PASSWORD));

    /// What the token endpoint of a registry says.
    interface Realm {
        Script of(GuardedRegistry self);
    }

    private final AtomicInteger issued = new AtomicInteger();
    private final ScriptedServer realm;
    private final ScriptedServer registry;
    private volatile String taken = "";

    GuardedRegistry(Realm realm) {
        this.realm = ScriptedServer.answering(realm.of(this));
        this.registry = ScriptedServer.answering(this::serve);
    }

    /// Whoever asks is given a token.
    static GuardedRegistry giving() {
        return new GuardedRegistry(self -> peer -> self.give().serve(peer));
    }

    /// A new token, the only one that is taken from now on.
    Script give() {
        take("token-" + issued.incrementAndGet());
        return reply(200, "{\"token\":\"" + taken + "\",\"expires_in\":300}");
    }

    /// From now on no other token will do.
    void take(String token) {
        taken = token;
    }

    private void serve(Peer peer) throws IOException, InterruptedException {
        String sent = peer.request().header("authorization");
        if (!taken.isEmpty() && sent.equals("Bearer " + taken)) {
            reply(200, "fine").serve(peer);
        } else {
            reply(401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"who? " + sent + "\"}]}", challenge())
                    .serve(peer);
        }
    }

    private String challenge() {
        return "WWW-Authenticate: Bearer realm=\"http://" + realm.host() + "/token\",service=\"here\"";
    }

    ScriptedServer realm() {
        return realm;
    }

    ScriptedServer registry() {
        return registry;
    }

    HttpTransport transport(Credential credential) {
        return transport(TransportOptions.standard().withTries(1), registry.host(), credential);
    }

    static HttpTransport transport(TransportOptions options, Host registry, Credential credential) {
        return HttpTransport.open(
                options,
                RegistrySignIn.with(CredentialSource.of(Map.of(registry, credential)), Set.of()),
                TransportListener.none());
    }

    static Scope scope(String name, String actions) {
        return new Scope("repository", name, actions);
    }

    static Asking ask(GuardedRegistry place, Scope... scopes) {
        return Asking.get(place.registry.host(), "/v2/a/b/manifests/1").wanting(scopes);
    }

    @Override
    public void close() throws IOException {
        realm.close();
        registry.close();
    }
}
