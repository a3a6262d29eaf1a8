// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kpromo.oci.auth.Credential;
import io.kpromo.oci.auth.CredentialSource;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.trust.TrustException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTokensTest {
    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(1));
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer server = start();

    private static HttpServer start() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void serve() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        transport.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = "{\"value\":\"of.git.hub\",\"token\":\"of.goo.gle\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void theVariableIsReadAndAnEmptyOneIsNone() throws Exception {
        assertThat(IdentityTokens.ofVariable(Map.of("SIGSTORE_ID_TOKEN", "a.b.c\n"))
                        .token())
                .contains(Secret.of("a.b.c"));
        assertThat(IdentityTokens.ofVariable(Map.of("SIGSTORE_ID_TOKEN", " ")).token())
                .isEmpty();
        assertThat(IdentityTokens.ofVariable(Map.of()).token()).isEmpty();
    }

    @Test
    void aFileIsReadAnewEachTime(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "a.b.c\n");
        IdentityTokens tokens = IdentityTokens.ofFile(file);
        assertThat(tokens.token()).contains(Secret.of("a.b.c"));

        Files.writeString(file, "d.e.f");
        assertThat(tokens.token()).contains(Secret.of("d.e.f"));

        Files.delete(file);
        assertThatThrownBy(tokens::token).isInstanceOf(TrustException.class).hasMessageContaining(file.toString());
    }

    @Test
    void gitHubActionsIsAskedForTheAudienceWithItsOwnToken() throws Exception {
        IdentityTokens tokens = new GitHubTokens(
                transport,
                Map.of(
                        "ACTIONS_ID_TOKEN_REQUEST_URL",
                        address() + "/token/1?api-version=2.0",
                        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                        "job-secret"));

        assertThat(tokens.token()).contains(Secret.of("of.git.hub"));
        assertThat(asked).containsExactly("GET /token/1?api-version=2.0&audience=sigstore Bearer job-secret ");
        assertThat(new GitHubTokens(transport, Map.of()).token()).isEmpty();
    }

    @Test
    void googleIsAskedForATokenOfTheAccountWithTheAccessTokenOfThisMachine() throws Exception {
        CredentialSource machine =
                (host, path) -> Optional.of(new Credential.RegistryToken(Secret.of("access-secret")));
        IdentityTokens tokens =
                new GoogleTokens(transport, URI.create(address()), "signer@p.iam.gserviceaccount.com", machine);

        assertThat(tokens.token()).contains(Secret.of("of.goo.gle"));
        assertThat(asked)
                .containsExactly(
                        "POST /v1/projects/-/serviceAccounts/signer%40p.iam.gserviceaccount.com:generateIdToken"
                                + " Bearer access-secret {\"audience\":\"sigstore\",\"includeEmail\":true}");
    }

    @Test
    void aMachineWithoutCredentialsOfGoogleAsksNobody() throws Exception {
        IdentityTokens tokens =
                new GoogleTokens(transport, URI.create(address()), "a@b.example", CredentialSource.none());

        assertThat(tokens.token()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void theFirstPlaceThatHasATokenGivesIt() throws Exception {
        IdentityTokens tokens = IdentityTokens.first(List.of(
                Optional::empty, () -> Optional.of(Secret.of("second")), () -> Optional.of(Secret.of("third"))));

        assertThat(tokens.token()).contains(Secret.of("second"));
    }
}
