// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import static io.kpromo.registry.Client.body;
import static io.kpromo.registry.Client.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.registry.auth.TokenIssuer;
import io.kpromo.registry.auth.TokenRules;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class AccessTest extends RegistryTest {
    /// As `htpasswd -bnB tester secret` wrote it.
    private static final String TESTER = "tester:$2y$05$JvhQV/kQrevYfWIZ01vOKe.NDzeB0.OJCmPMwgOlKxudUT2bLrFcu";

    private Path passwords(String text) throws IOException {
        return Files.writeString(folder.resolve("htpasswd"), text);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPasswordFileLetsInWhoKnowsThePassword() throws Exception {
        restart(options().withAccess(Access.passwords(passwords("# people\n" + TESTER + "\n"))));
        var refused = client.get("/v2/");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(header(refused, "WWW-Authenticate")).startsWith("Basic realm=");
        assertThat(body(refused)).contains("UNAUTHORIZED");
        for (int i = 0; i < 2; i++) {
            assertThat(client.get("/v2/", "Authorization", basic("tester:secret"))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(client.get("/v2/", "Authorization", basic("tester:Secret")).statusCode())
                .isEqualTo(401);
        assertThat(client.get("/v2/", "Authorization", basic("nobody:secret")).statusCode())
                .isEqualTo(401);
        assertThat(client.get("/v2/", "Authorization", "Basic !").statusCode()).isEqualTo(401);
        assertThat(registry.requests().get(1).user()).isEqualTo("tester");
    }

    @Test
    void aPasswordFileWithAnythingButBcryptIsRefusedWithItsPlace() throws Exception {
        Path file = passwords(TESTER + "\nother:$apr1$x$y\n");
        assertThatThrownBy(() -> restart(options().withAccess(Access.passwords(file))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("htpasswd:2: ")
                .hasMessageContaining("htpasswd -B")
                .hasMessageNotContaining("apr1");
    }

    @Test
    void listeningBeyondLoopbackNeedsAPasswordOrPermission() {
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        assertThatThrownBy(() -> options().withListen(everywhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password");
        assertThat(options()
                        .withAnonymousBeyondLoopback(true)
                        .withListen(everywhere)
                        .listen())
                .isEqualTo(everywhere);
        assertThat(options()
                        .withAccess(Access.passwords(folder))
                        .withListen(everywhere)
                        .listen())
                .isEqualTo(everywhere);
    }

    @Test
    void aTokenAllowsWhatItWasIssuedForAndNoMore() throws Exception {
        restart(options()
                .withAccess(
                        Access.tokens(new TokenIssuer(TokenRules.user("u", "p").withAnonymous("pull")))));
        var challenged = client.send("POST", "/v2/a/blobs/uploads/");
        assertThat(challenged.statusCode()).isEqualTo(401);
        assertThat(header(challenged, "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"" + registry.url() + "/token\",service=\"kpromo-registry\","
                        + "scope=\"repository:a:pull,push\"");
        String query = "/token?service=kpromo-registry&scope=repository:a:pull,push";
        String push = token(query, "u:p");
        assertThat(opens("a", push)).isEqualTo(202);
        assertThat(opens("b", push)).isEqualTo(401);
        String pull = bearer(client.text(query));
        assertThat(opens("a", pull)).isEqualTo(401);
        assertThat(client.get("/v2/a/tags/list", "Authorization", pull).statusCode())
                .isEqualTo(404);
        assertThat(client.get(query, "Authorization", basic("u:wrong")).statusCode())
                .isEqualTo(401);
        assertThat(client.get("/token?service=other").statusCode()).isEqualTo(400);
    }

    @Test
    void aMountNeedsTheRightToReadTheOtherRepository() throws Exception {
        client.upload("from", BLOB);
        restart(options().withAccess(Access.tokens(new TokenIssuer(TokenRules.everyone()))));
        String target = "/v2/to/blobs/uploads/?from=from&mount=" + BLOB_DIGEST;
        String query = "/token?service=kpromo-registry&scope=repository:to:pull,push";
        String one = token(query, "");
        assertThat(client.send("POST", target, new byte[0], "Authorization", one)
                        .statusCode())
                .isEqualTo(202);
        String anywhere = "/v2/to/blobs/uploads/?mount=" + BLOB_DIGEST;
        assertThat(client.send("POST", anywhere, new byte[0], "Authorization", one)
                        .statusCode())
                .isEqualTo(202);
        String both = token(query + "&scope=repository:from:pull", "");
        assertThat(client.send("POST", target, new byte[0], "Authorization", both)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aTokenExpiresAndTheRealmMayBeAnotherHost() throws Exception {
        MovableClock clock = new MovableClock();
        TokenIssuer issuer = new TokenIssuer(TokenRules.everyone().withLifetime(Duration.ofMinutes(1)), clock);
        restart(options().withAccess(Access.tokens(issuer, URI.create("http://realm.example/token"))));
        assertThat(header(client.get("/v2/"), "WWW-Authenticate")).contains("realm=\"http://realm.example/token\"");
        String token = token("/token?service=kpromo-registry&scope=repository:a:pull,push", "");
        assertThat(opens("a", token)).isEqualTo(202);
        clock.now = clock.now.plusSeconds(61);
        assertThat(opens("a", token)).isEqualTo(401);
    }

    @Test
    void anIdentityTokenIsExchangedByPost() throws Exception {
        TokenRules rules = TokenRules.user("u", "p").withIdentityToken("long-lived");
        restart(options().withAccess(Access.tokens(new TokenIssuer(rules))));
        String form = "service=kpromo-registry&scope=repository:a:pull,push&grant_type=refresh_token&refresh_token=";
        var good = client.send("POST", "/token", (form + "long-lived").getBytes(StandardCharsets.UTF_8));
        assertThat(opens("a", bearer(body(good)))).isEqualTo(202);
        var bad = client.send("POST", "/token", (form + "stolen").getBytes(StandardCharsets.UTF_8));
        assertThat(bad.statusCode()).isEqualTo(401);
    }

    private int opens(String repository, String authorization) throws Exception {
        return client.send("POST", "/v2/" + repository + "/blobs/uploads/", new byte[0], "Authorization", authorization)
                .statusCode();
    }

    private String token(String target, String pair) throws Exception {
        var answer = pair.isEmpty() ? client.get(target) : client.get(target, "Authorization", basic(pair));
        return bearer(body(answer));
    }

    private static String bearer(String json) {
        return "Bearer " + JsonMapper.shared().readTree(json).path("token").asString();
    }

    private static final class MovableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
