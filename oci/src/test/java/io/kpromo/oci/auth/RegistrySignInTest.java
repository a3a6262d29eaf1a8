// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import static io.kpromo.oci.http.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Asking;
import io.kpromo.oci.http.Call;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.Scope;
import io.kpromo.oci.http.ScriptedServer;
import io.kpromo.oci.http.ScriptedServer.Script;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportListener;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Signing in, seen from the registry and its token endpoint.
@Timeout(60)
class RegistrySignInTest {
    private static final String PASSWORD = "t0p-s3cret";
    private static final Credential HUGO = new Credential.Basic("hugo", Secret.of(PASSWORD));

    /// A registry and a token endpoint that belong together; what the registry takes can change.
    private static final class Place implements AutoCloseable {
        private final AtomicInteger issued = new AtomicInteger();
        private final ScriptedServer realm;
        private final ScriptedServer registry;
        private volatile String taken = "";

        Place(Script realm) {
            this.realm = ScriptedServer.answering(realm);
            this.registry = ScriptedServer.answering(this::serve);
        }

        static Place giving() {
            Place[] self = new Place[1];
            self[0] = new Place(peer -> self[0].give().serve(peer));
            return self[0];
        }

        private Script give() {
            taken = "token-" + issued.incrementAndGet();
            return reply(200, "{\"token\":\"" + taken + "\",\"expires_in\":300}");
        }

        private void serve(ScriptedServer.Peer peer) throws IOException, InterruptedException {
            String sent = peer.request().header("authorization");
            if (!taken.isEmpty() && sent.equals("Bearer " + taken)) {
                reply(200, "fine").serve(peer);
            } else {
                reply(401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"who? " + sent + "\"}]}", challenge())
                        .serve(peer);
            }
        }

        String challenge() {
            return "WWW-Authenticate: Bearer realm=\"http://" + realm.host() + "/token\",service=\"here\"";
        }

        HttpTransport transport(Credential credential) {
            return HttpTransport.open(
                    TransportOptions.standard().withTries(1),
                    RegistrySignIn.with(CredentialSource.of(Map.of(registry.host(), credential)), Set.of()),
                    TransportListener.none());
        }

        @Override
        public void close() throws IOException {
            realm.close();
            registry.close();
        }
    }

    private static Scope scope(String name, String actions) {
        return new Scope("repository", name, actions);
    }

    private static Asking ask(Place place, Scope... scopes) {
        return Asking.get(place.registry.host(), "/v2/a/b/manifests/1").wanting(scopes);
    }

    @Test
    void aChallengeIsAnsweredOnceAndRemembered() throws Exception {
        try (Place place = Place.giving();
                HttpTransport transport = place.transport(HUGO)) {
            for (int i = 0; i < 10; i++) {
                assertThat(transport.send(ask(place, scope("a/b", "pull")))).isEqualTo("fine");
            }
            assertThat(place.registry.requests()).hasSize(11);
            assertThat(place.realm.lines()).containsExactly("GET /token?service=here&scope=repository%3Aa%2Fb%3Apull");
            assertThat(place.realm.requests().getFirst().header("authorization"))
                    .isEqualTo(((Credential.Basic) HUGO).header());
            assertThat(transport.counts().of(Kind.TOKEN).requests()).isEqualTo(1);
        }
    }

    @Test
    void aTokenThatAllowsMoreServesForLess() throws Exception {
        try (Place place = Place.giving();
                HttpTransport transport = place.transport(HUGO)) {
            transport.send(ask(place, scope("a/b", "pull,push"), scope("c/d", "pull")));
            transport.send(ask(place, scope("a/b", "pull")));
            transport.send(ask(place, scope("c/d", "pull")));
            transport.send(ask(place, scope("a/b", "pull,push")));
            assertThat(place.realm.lines())
                    .containsExactly(
                            "GET /token?service=here&scope=repository%3Aa%2Fb%3Apull%2Cpush&scope=repository%3Ac%2Fd%3Apull");
            transport.send(ask(place, scope("c/d", "pull,push")));
            assertThat(place.realm.requests()).hasSize(2);
        }
    }

    @Test
    void aTokenThatIsNoLongerTakenIsReplacedOnce() throws Exception {
        try (Place place = Place.giving();
                HttpTransport transport = place.transport(HUGO)) {
            transport.send(ask(place, scope("a/b", "pull")));
            place.taken = "another";
            assertThat(transport.send(ask(place, scope("a/b", "pull")))).isEqualTo("fine");
            assertThat(place.realm.requests()).hasSize(2);
            assertThat(place.registry.requests()).hasSize(4);
        }
    }

    @Test
    void aHundredAtOnceCostOneChallengeAndOneToken() throws Exception {
        try (Place place = Place.giving();
                HttpTransport transport = place.transport(HUGO)) {
            List<CompletableFuture<String>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                CompletableFuture<String> one = new CompletableFuture<>();
                all.add(one);
                Thread.ofVirtual().start(() -> {
                    try {
                        one.complete(transport.send(ask(place, scope("a/b", "pull"))));
                    } catch (Exception e) {
                        one.completeExceptionally(e);
                    }
                });
            }
            for (CompletableFuture<String> one : all) {
                assertThat(one.get()).isEqualTo("fine");
            }
            assertThat(place.realm.requests()).hasSize(1);
            assertThat(place.registry.requests()).hasSize(101);
        }
    }

    @Test
    void whoeverGivesUpWhileFetchingATokenDoesNotSpoilItForTheNext() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger tokens = new AtomicInteger();
        Place[] self = new Place[1];
        Script slowFirst = peer -> {
            if (tokens.incrementAndGet() == 1) {
                asked.countDown();
                peer.untilGone();
            } else {
                self[0].give().serve(peer);
            }
        };
        try (Place place = new Place(slowFirst);
                HttpTransport transport = place.transport(HUGO)) {
            self[0] = place;
            CompletableFuture<Throwable> first = new CompletableFuture<>();
            Thread impatient = Thread.ofVirtual().start(() -> {
                try {
                    transport.send(ask(place, scope("a/b", "pull")));
                } catch (InterruptedException e) {
                    first.complete(e);
                }
            });
            asked.await();
            CompletableFuture<String> second = new CompletableFuture<>();
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    second.complete(transport.send(ask(place, scope("a/b", "pull"))));
                } catch (Exception e) {
                    second.completeExceptionally(e);
                }
            });
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            impatient.interrupt();
            assertThat(first.get()).isInstanceOf(InterruptedException.class);
            assertThat(second.get()).isEqualTo("fine");
        }
    }

    @Test
    void readingWorksWherePushingIsDenied() throws Exception {
        Place[] self = new Place[1];
        Script noPush = peer -> {
            boolean push = peer.request().line().contains("push");
            (push ? reply(403, "{\"details\":\"no push for you\"}") : self[0].give()).serve(peer);
        };
        try (Place place = new Place(noPush);
                HttpTransport transport = place.transport(HUGO)) {
            self[0] = place;
            RegistryException refusal = catchThrowableOfType(
                    RegistryException.class, () -> transport.send(ask(place, scope("a/b", "pull,push"))));
            assertThat(refusal).hasMessageContaining("403").hasMessageContaining("no push for you");
            assertThat(transport.send(ask(place, scope("a/b", "pull")))).isEqualTo("fine");
        }
    }

    @Test
    void aMountMayGoOnWithoutReadingItsSource() throws Exception {
        Place[] self = new Place[1];
        Script oneOnly = peer -> {
            boolean both = peer.request().line().contains("c%2Fd");
            (both ? reply(403, "") : self[0].give()).serve(peer);
        };
        try (Place place = new Place(oneOnly);
                HttpTransport transport = place.transport(HUGO)) {
            self[0] = place;
            Asking mount = ask(place, scope("a/b", "pull,push"), scope("c/d", "pull"));
            assertThat(transport.send(mount)).isEqualTo("fine");
            assertThat(transport.send(mount)).isEqualTo("fine");
            assertThat(place.realm.requests()).hasSize(2);
        }
    }

    @Test
    void anIdentityTokenIsSentByPost() throws Exception {
        Place[] self = new Place[1];
        try (Place place = new Place(peer -> self[0].give().serve(peer));
                HttpTransport transport = place.transport(new Credential.IdentityToken(Secret.of("refresh/me")))) {
            self[0] = place;
            transport.send(ask(place, scope("a/b", "pull")));
            assertThat(place.realm.lines()).containsExactly("POST /token");
            assertThat(place.realm.requests().getFirst().body())
                    .isEqualTo("grant_type=refresh_token&client_id=kpromo&service=here"
                            + "&scope=repository%3Aa%2Fb%3Apull&refresh_token=refresh%2Fme");
            assertThat(place.realm.requests().getFirst().header("authorization"))
                    .isEmpty();
        }
    }

    @Test
    void basicIsLearnedAndThenSentAtOnce() throws Exception {
        String expected = ((Credential.Basic) HUGO).header();
        Script basic = peer -> (peer.request().header("authorization").equals(expected)
                        ? reply(200, "fine")
                        : reply(401, "", "WWW-Authenticate: Basic realm=\"x\""))
                .serve(peer);
        try (ScriptedServer registry = ScriptedServer.answering(basic);
                HttpTransport transport = HttpTransport.open(
                        TransportOptions.standard(),
                        RegistrySignIn.with(CredentialSource.of(Map.of(registry.host(), HUGO)), Set.of()),
                        TransportListener.none())) {
            for (int i = 0; i < 5; i++) {
                assertThat(transport.send(Asking.get(registry.host(), "/v2/"))).isEqualTo("fine");
            }
            assertThat(registry.requests()).hasSize(6);
        }
    }

    @Test
    void whoIsNotAskedShowsNothing() throws Exception {
        try (ScriptedServer registry = ScriptedServer.answering(reply(200, "open"));
                HttpTransport transport = HttpTransport.open(
                        TransportOptions.standard(),
                        RegistrySignIn.with(CredentialSource.of(Map.of(registry.host(), HUGO)), Set.of()),
                        TransportListener.none())) {
            transport.send(Asking.get(registry.host(), "/v2/"));
            assertThat(registry.requests())
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.header("authorization")).isEmpty());
        }
    }

    @Test
    void credentialsDoNotFollowARedirectToAnotherHost() throws Exception {
        String expected = ((Credential.Basic) HUGO).header();
        try (ScriptedServer store = ScriptedServer.answering(reply(200, "blob"))) {
            Script basic = peer -> (peer.request().header("authorization").equals(expected)
                            ? reply(307, "", "Location: http://127.0.0.1:" + store.port() + "/blob")
                            : reply(401, "", "WWW-Authenticate: Basic realm=\"x\""))
                    .serve(peer);
            try (ScriptedServer registry = ScriptedServer.answering(basic);
                    HttpTransport transport = HttpTransport.open(
                            TransportOptions.standard(),
                            RegistrySignIn.with(CredentialSource.of(Map.of(registry.host(), HUGO)), Set.of()),
                            TransportListener.none())) {
                assertThat(transport.send(Asking.get(registry.host(), "/v2/a/b/blobs/x")))
                        .isEqualTo("blob");
                String elsewhere = "http://127.0.0.1:" + store.port() + "/upload";
                transport.send(Asking.of(registry.host(), Method.PUT, elsewhere, Kind.PUT_BLOB));
                assertThat(store.requests())
                        .hasSize(2)
                        .allSatisfy(
                                seen -> assertThat(seen.header("authorization")).isEmpty());
            }
        }
    }

    @Test
    void noSecretIsShownInErrorsOrInTheTrace(@TempDir Path folder) throws Exception {
        Path trace = folder.resolve("trace.jsonl");
        Script tells = peer -> reply(
                        403,
                        "{\"error\":\"denied\",\"error_description\":\"" + PASSWORD + " and "
                                + peer.request().header("authorization") + "\"}")
                .serve(peer);
        try (Place place = new Place(tells)) {
            RegistryException refusal;
            try (HttpTransport transport = HttpTransport.open(
                    TransportOptions.standard().withTrace(trace),
                    RegistrySignIn.with(CredentialSource.of(Map.of(place.registry.host(), HUGO)), Set.of()),
                    TransportListener.none())) {
                refusal = catchThrowableOfType(
                        RegistryException.class, () -> transport.send(ask(place, scope("a/b", "pull"))));
            }
            String secret = ((Credential.Basic) HUGO).header().substring("Basic ".length());
            assertThat(refusal.toString() + refusal.getCause() + Files.readString(trace))
                    .contains("cannot sign in to " + place.registry.host())
                    .doesNotContain(PASSWORD)
                    .doesNotContain(secret);
        }
    }

    @Test
    void aRealmElsewhereGetsNoCredentialsAndTheErrorSaysHowToAllowIt() throws Exception {
        Host registry = new Host("registry.example");
        TokenRealm realm = TokenRealm.of(registry, "https://tokens.elsewhere.example.org/t", Set.of())
                .orElseThrow();
        TokenService service = new TokenService(registry, Time.system());
        List<String> sent = new ArrayList<>();
        OciException failure = catchThrowableOfType(
                OciException.class,
                () -> service.token(
                        realm, "", Grants.of(List.of(scope("a/b", "pull"))), Optional.of(HUGO), new SignIn.Plain() {
                            @Override
                            public <T> T send(Call<T> call, Optional<String> authorization, boolean stranger) {
                                sent.add(authorization.orElse("nothing") + " " + stranger);
                                throw new RegistryException(call.request(), 401, "", "", 1);
                            }
                        }));
        assertThat(sent).containsExactly("nothing true");
        assertThat(failure).hasMessageContaining("--allow-token-realm tokens.elsewhere.example.org");
    }

    @Test
    void anAnswerWithoutATokenIsAnError() throws Exception {
        try (Place place = new Place(reply(200, "{\"token\":\"a b\"}"));
                HttpTransport transport = place.transport(HUGO)) {
            assertThat(catchThrowableOfType(
                            RegistryException.class, () -> transport.send(ask(place, scope("a/b", "pull")))))
                    .hasMessageContaining("the answer holds no token");
        }
    }
}
