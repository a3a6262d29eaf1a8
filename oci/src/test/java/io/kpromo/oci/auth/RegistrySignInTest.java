// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import static io.kpromo.oci.auth.GuardedRegistry.HUGO;
import static io.kpromo.oci.auth.GuardedRegistry.ask;
import static io.kpromo.oci.auth.GuardedRegistry.scope;
import static io.kpromo.oci.auth.GuardedRegistry.transport;
import static io.kpromo.oci.http.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kpromo.oci.http.Asking;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.ScriptedServer;
import io.kpromo.oci.http.ScriptedServer.Script;
import io.kpromo.oci.http.TransportOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Signing in, seen from the registry and its token endpoint.
@Timeout(60)
class RegistrySignInTest {
    @Test
    void basicIsLearnedAndThenSentAtOnce() throws Exception {
        String expected = HUGO.header();
        Script basic = peer -> (peer.request().header("authorization").equals(expected)
                        ? reply(200, "fine")
                        : reply(401, "", "WWW-Authenticate: Basic realm=\"x\""))
                .serve(peer);
        try (ScriptedServer registry = ScriptedServer.answering(basic);
                HttpTransport transport = transport(TransportOptions.standard(), registry.host(), HUGO)) {
            for (int i = 0; i < 5; i++) {
                assertThat(transport.send(Asking.get(registry.host(), "/v2/"))).isEqualTo("fine");
            }
            assertThat(registry.requests()).hasSize(6);
        }
    }

    @Test
    void anIdentityTokenIsSentByPost() throws Exception {
        try (GuardedRegistry place = GuardedRegistry.giving();
                HttpTransport transport = place.transport(new Credential.IdentityToken(Secret.of("refresh/me")))) {
            transport.send(ask(place, scope("a/b", "pull")));
            assertThat(place.realm().lines()).containsExactly("POST /token");
            assertThat(place.realm().requests().getFirst().body())
                    .isEqualTo("grant_type=refresh_token&client_id=kpromo&service=here"
                            + "&scope=repository%3Aa%2Fb%3Apull&refresh_token=refresh%2Fme");
            assertThat(place.realm().requests().getFirst().header("authorization"))
                    .isEmpty();
        }
    }

    @Test
    void readingWorksWherePushingIsDenied() throws Exception {
        GuardedRegistry.Realm noPush = self -> peer -> {
            boolean push = peer.request().line().contains("push");
            (push ? reply(403, "{\"details\":\"no push for you\"}") : self.give()).serve(peer);
        };
        try (GuardedRegistry place = new GuardedRegistry(noPush);
                HttpTransport transport = place.transport(HUGO)) {
            RegistryException refusal = catchThrowableOfType(
                    RegistryException.class, () -> transport.send(ask(place, scope("a/b", "pull,push"))));
            assertThat(refusal).hasMessageContaining("403").hasMessageContaining("no push for you");
            assertThat(transport.send(ask(place, scope("a/b", "pull")))).isEqualTo("fine");
        }
    }

    @Test
    void aMountMayGoOnWithoutReadingItsSource() throws Exception {
        GuardedRegistry.Realm oneOnly = self -> peer -> {
            boolean both = peer.request().line().contains("c%2Fd");
            (both ? reply(403, "") : self.give()).serve(peer);
        };
        try (GuardedRegistry place = new GuardedRegistry(oneOnly);
                HttpTransport transport = place.transport(HUGO)) {
            Asking mount = ask(place, scope("a/b", "pull,push"), scope("c/d", "pull"));
            assertThat(transport.send(mount)).isEqualTo("fine");
            assertThat(transport.send(mount)).isEqualTo("fine");
            assertThat(place.realm().requests()).hasSize(2);
        }
    }

    @Test
    void anAnswerWithoutATokenIsAnError() throws Exception {
        try (GuardedRegistry place = new GuardedRegistry(self -> reply(200, "{\"token\":\"a b\"}"));
                HttpTransport transport = place.transport(HUGO)) {
            assertThat(catchThrowableOfType(
                            RegistryException.class, () -> transport.send(ask(place, scope("a/b", "pull")))))
                    .hasMessageContaining("the answer holds no token");
        }
    }
}
