// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.kpromo.oci.Digest;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import io.kpromo.trust.tuf.SampleRepository;
import io.kpromo.trust.verify.CertificateVerifier;
import io.kpromo.trust.verify.Verdict;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicSigstoreTest {
    private static final Identity.Certificate WHO =
            new Identity.Certificate("release@project.example", "https://accounts.example");
    private static final Subject SUBJECT = Subject.of("registry.example/app", Digest.sha256(new byte[] {1}));

    @TempDir
    private Path folder;

    @Test
    void theRootThatComesWithKpromoIsOneAndNobodyIsAskedBeforeItIsNeeded() {
        List<String> asked = new ArrayList<>();
        PublicSigstore sigstore = new PublicSigstore(
                (path, most) -> {
                    asked.add(path);
                    return Optional.empty();
                },
                folder,
                () -> Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(asked).isEmpty();

        assertThatThrownBy(sigstore::root).hasMessageContaining("the mirror has no timestamp.json");
        assertThat(asked).containsExactly("17.root.json", "timestamp.json");
    }

    /// A public Sigstore, whose TUF repository is in memory and whose services are on this machine.
    private PublicSigstore published(SampleRepository repository, SampleSigstore sample, SampleServices services) {
        Bytes first = repository.publishRoot(repository.rootKeys);
        repository.targets.put("trusted_root.json", sample.trustedRoot());
        repository.targets.put("signing_config.v0.2.json", services.signingConfig());
        repository.publish();
        return new PublicSigstore(repository, folder, () -> first, () -> SampleRepository.NOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whoeverSignsUsesTheServicesThatTheRepositoryNames(int rekor) throws Exception {
        SampleSigstore sample = SampleSigstore.withRekor(rekor);
        SampleRepository repository = new SampleRepository();
        try (SampleServices services = SampleServices.of(sample);
                HttpTransport transport =
                        HttpTransport.open(TransportOptions.standard().withTries(1))) {
            PublicSigstore sigstore = published(repository, sample, services);
            assertThat(sigstore.services()).isEqualTo(services.signing());

            try (KeylessSignatory signatory = KeylessSignatory.lazily(
                    transport, sigstore::services, SampleServices.tokens(WHO), false, sample::now)) {
                assertThat(signatory.promises()).isEqualTo(rekor == 1);
                Bundle bundle =
                        signatory.sign(new Statement(List.of(SUBJECT), PredicateTypes.SIGNATURE, JsonText.object()));
                assertThat(CertificateVerifier.of(sigstore.root()).verify(bundle))
                        .isInstanceOfSatisfying(
                                Verdict.Verified.class,
                                verdict -> assertThat(verdict.signer()).isEqualTo(WHO));
            }
            assertThat(repository.asked).containsOnlyOnce("timestamp.json");
        }
    }

    @Test
    void withoutATokenNeitherTheRepositoryNorAServiceIsAsked() throws Exception {
        SampleSigstore sample = SampleSigstore.withRekor(2);
        SampleRepository repository = new SampleRepository();
        try (SampleServices services = SampleServices.of(sample);
                HttpTransport transport =
                        HttpTransport.open(TransportOptions.standard().withTries(1))) {
            PublicSigstore sigstore = published(repository, sample, services);
            try (KeylessSignatory signatory =
                    KeylessSignatory.lazily(transport, sigstore::services, Optional::empty, false, sample::now)) {
                assertThatThrownBy(signatory::identity).hasMessageContaining("there is no identity token");
            }
            assertThat(repository.asked).isEmpty();
            assertThat(transport.counts().total().requests()).isZero();
        }
    }

    @Test
    void servicesThatTheRepositoryHasNotSignedAreNotUsed() throws Exception {
        SampleSigstore sample = SampleSigstore.withRekor(2);
        SampleRepository repository = new SampleRepository();
        try (SampleServices services = SampleServices.of(sample)) {
            PublicSigstore sigstore = published(repository, sample, services);
            repository.change(
                    "signing_config.v0.2.json",
                    Bytes.of(services.signingConfig().text().replace("/tsa", "/tsb")));

            assertThatThrownBy(sigstore::services)
                    .isInstanceOf(TrustException.class)
                    .hasMessageContaining("signing_config.v0.2.json has another SHA-256 than was signed");
        }
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
    void whatIsTrustedIsKeptWhereCachesAre() {
        assertThat(PublicSigstore.folder(Map.of("XDG_CACHE_HOME", "/x"), Optional.of(folder)))
                .contains(Path.of("/x/kpromo/tuf"));
        assertThat(PublicSigstore.folder(Map.of("XDG_CACHE_HOME", "relative"), Optional.of(folder)))
                .contains(folder.resolve(".cache/kpromo/tuf"));
        assertThat(PublicSigstore.folder(Map.of(), Optional.empty())).isEmpty();
    }
}
