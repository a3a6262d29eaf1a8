// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import static io.kpromo.oci.auth.GuardedRegistry.HUGO;
import static io.kpromo.oci.auth.GuardedRegistry.PASSWORD;
import static io.kpromo.oci.auth.GuardedRegistry.ask;
import static io.kpromo.oci.auth.GuardedRegistry.scope;
import static io.kpromo.oci.auth.GuardedRegistry.transport;
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
import io.kpromo.oci.http.ScriptedServer;
import io.kpromo.oci.http.ScriptedServer.Script;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who is shown credentials, and who is not.
@Timeout(60)
class ShownCredentialsTest {
    @Test
    void whoIsNotAskedShowsNothing() throws Exception {
        try (ScriptedServer registry = ScriptedServer.answering(reply(200, "open"));
                HttpTransport transport = transport(TransportOptions.standard(), registry.host(), HUGO)) {
            transport.send(Asking.get(registry.host(), "/v2/"));
            assertThat(registry.requests())
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.header("authorization")).isEmpty());
        }
    }

    @Test
    void credentialsDoNotFollowARedirectToAnotherHost() throws Exception {
        String expected = HUGO.header();
        try (ScriptedServer store = ScriptedServer.answering(reply(200, "blob"))) {
            Script basic = peer -> (peer.request().header("authorization").equals(expected)
                            ? reply(307, "", "Location: http://127.0.0.1:" + store.port() + "/blob")
                            : reply(401, "", "WWW-Authenticate: Basic realm=\"x\""))
                    .serve(peer);
            try (ScriptedServer registry = ScriptedServer.answering(basic);
                    HttpTransport transport = transport(TransportOptions.standard(), registry.host(), HUGO)) {
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
    void noSecretIsShownInErrorsOrInTheTrace(@TempDir Path folder) throws Exception {
        Path trace = folder.resolve("trace.jsonl");
        Script tells = peer -> reply(
                        403,
                        "{\"error\":\"denied\",\"error_description\":\"" + PASSWORD + " and "
                                + peer.request().header("authorization") + "\"}")
                .serve(peer);
        try (GuardedRegistry place = new GuardedRegistry(self -> tells)) {
            RegistryException refusal;
            try (HttpTransport transport = transport(
                    TransportOptions.standard().withTrace(trace),
                    place.registry().host(),
                    HUGO)) {
                refusal = catchThrowableOfType(
                        RegistryException.class, () -> transport.send(ask(place, scope("a/b", "pull"))));
            }
            String secret = HUGO.header().substring("Basic ".length());
            assertThat(refusal.toString() + refusal.getCause() + Files.readString(trace))
                    .contains("cannot sign in to " + place.registry().host())
                    .doesNotContain(PASSWORD)
                    .doesNotContain(secret);
        }
    }
}
