// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.trust.TrustException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicSigstoreTest {
    @Test
    void theRootThatComesWithKpromoIsOneAndNobodyIsAskedBeforeItIsNeeded(@TempDir Path folder) {
        List<String> asked = new ArrayList<>();
        PublicSigstore sigstore = new PublicSigstore(
                (path, most) -> {
                    asked.add(path);
                    return Optional.empty();
                },
                folder,
                () -> Instant.parse("2026-06-01T00:00:00Z"));
        assertThat(asked).isEmpty();

        assertThatThrownBy(sigstore::root).hasMessageContaining("the mirror has no timestamp.json");
        assertThat(asked).containsExactly("16.root.json", "timestamp.json");
    }

    @Test
    void theMirrorIsReadWithinBoundsAndWhatIsMissingIsNoFailure() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/there", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write(new byte[100]);
            }
        });
        server.start();
        try (HttpTransport transport =
                HttpTransport.open(TransportOptions.standard().withTries(1))) {
            var mirror = PublicSigstore.mirror(
                    transport,
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()));

            assertThat(mirror.read("elsewhere", 100)).isEmpty();
            assertThat(mirror.read("there", 100))
                    .hasValueSatisfying(file -> assertThat(file.length()).isEqualTo(100));
            assertThatThrownBy(() -> mirror.read("there", 99))
                    .isInstanceOf(TrustException.class)
                    .hasMessageContaining("more than 99 bytes");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatIsTrustedIsKeptWhereCachesAre(@TempDir Path folder) {
        assertThat(PublicSigstore.folder(Map.of("XDG_CACHE_HOME", "/x"), Optional.of(folder)))
                .contains(Path.of("/x/kpromo/tuf"));
        assertThat(PublicSigstore.folder(Map.of("XDG_CACHE_HOME", "relative"), Optional.of(folder)))
                .contains(folder.resolve(".cache/kpromo/tuf"));
        assertThat(PublicSigstore.folder(Map.of(), Optional.empty())).isEmpty();
    }
}
