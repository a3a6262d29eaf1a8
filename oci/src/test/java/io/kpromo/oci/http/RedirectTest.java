// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static io.kpromo.oci.http.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where registries may send us, and where not.
@Timeout(60)
class RedirectTest {
    @Test
    void redirectsOfReadsAreFollowed() throws Exception {
        try (var store = ScriptedServer.answering(reply(200, "blob"));
                var server = ScriptedServer.answering(
                        reply(302, "", "Location: /elsewhere?digest=1"),
                        reply(307, "", "Location: http://127.0.0.1:" + store.port() + "/blob?X-Signature=secret"));
                var transport = HttpTransport.open(TransportOptions.standard())) {
            assertThat(transport.send(Asking.get(server.host(), "/v2/a/b/blobs/x")))
                    .isEqualTo("blob");
            assertThat(server.lines()).containsExactly("GET /v2/a/b/blobs/x", "GET /elsewhere?digest=1");
            assertThat(store.lines()).containsExactly("GET /blob?X-Signature=secret");
            assertThat(transport.counts().of(store.host()).requests()).isEqualTo(1);
        }
    }

    @Test
    void redirectsWithoutEndAreNot() throws Exception {
        try (var server = ScriptedServer.answering(reply(302, "", "Location: /again"));
                var transport = HttpTransport.open(TransportOptions.standard())) {
            assertThat(TransportFixture.refusal(transport, Asking.get(server.host(), "/")))
                    .hasMessageContaining("more than 5 redirects");
            assertThat(server.requests()).hasSize(6);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/blob",
                "ftp://127.0.0.1/x",
                "https://user:pw@example.com/",
                "://",
                "file:/etc/passwd"
            })
    void redirectsToNowhereGoodAreRefused(String location) throws Exception {
        try (var server = ScriptedServer.answering(reply(302, "", "Location: " + location));
                var transport = HttpTransport.open(TransportOptions.standard().withTries(1))) {
            assertThat(TransportFixture.refusal(transport, Asking.get(server.host(), "/")))
                    .hasMessageNotContaining("pw");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a.localhost",
                "127.0.0.1",
                "127.9.9.9",
                "::1",
                "169.254.169.254",
                "fe80::1",
                "0.0.0.0",
                "fd00:ec2::254",
                "metadata.google.internal",
                "100.100.100.200",
                "::ffff:127.0.0.1"
            })
    void aRegistryOutThereCanNotSendUsToInnerAddresses(String inner) {
        Origin registry = Origin.of(true, "registry.example", -1);
        Origin to = Origin.of(true, inner, 443);
        assertThatThrownBy(() -> Redirects.requireSafe(registry, registry, to))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("inner address");
    }

    @Test
    void aRedirectFromTlsToPlainIsRefused() {
        Origin registry = Origin.of(true, "registry.example", -1);
        assertThatThrownBy(() -> Redirects.requireSafe(registry, registry, Origin.of(false, "cdn.example", -1)))
                .hasMessageContaining("from https to plain http");
    }

    @Test
    void anAddressOfTheRegistryItselfInPlainHttpIsTakenForTheRegistry() throws Exception {
        Schemes schemes = new Schemes(Set.of(), Set.of(), host -> false);
        Origin registry = Origin.of(true, "registry.example", -1);
        assertThat(schemes.of(URI.create("http://registry.example/v2/a/blobs/uploads/1"), registry))
                .isEqualTo(registry);
        assertThatThrownBy(() -> schemes.of(URI.create("http://other.example/"), registry))
                .hasMessageContaining("--insecure-registry");
    }
}
