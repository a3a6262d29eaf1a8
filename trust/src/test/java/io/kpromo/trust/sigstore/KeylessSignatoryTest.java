// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Digest;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import io.kpromo.trust.store.SignedPayload;
import io.kpromo.trust.verify.CertificateVerifier;
import io.kpromo.trust.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeylessSignatoryTest {
    private static final Identity.Certificate WHO =
            new Identity.Certificate("release@project.example", "https://accounts.example");
    private static final Digest DIGEST = Digest.sha256(new byte[] {1});
    private static final Statement STATEMENT = new Statement(
            List.of(Subject.of("registry.example/app", DIGEST)), PredicateTypes.SIGNATURE, JsonText.object());
    private static final SimpleSigning PAYLOAD = new SimpleSigning("registry.example/app", DIGEST, Map.of());

    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(1));

    private KeylessSignatory signatory(SampleServices services, boolean bareTags, InstantSource clock) {
        return KeylessSignatory.of(transport, services.signing(), SampleServices.tokens(WHO), bareTags, clock);
    }

    private long asked(Kind kind) {
        return transport.counts().of(kind).requests();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatItSignsVerifiesAsWhoTheTokenNames(int rekor) throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(rekor);
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory = signatory(services, false, sigstore::now)) {
            Bundle bundle = signatory.sign(STATEMENT);

            assertThat(CertificateVerifier.of(sigstore.root()).verify(Bundle.parse(bundle.json())))
                    .isEqualTo(new Verdict.Verified(WHO, Optional.of(sigstore.now())));
            assertThat(signatory.identity()).isEqualTo(WHO);
            assertThat(Statement.in(bundle.envelope())).isEqualTo(STATEMENT);
        }
    }

    @Test
    void aHundredSignaturesAtOnceTakeOneCertificateAndAnEntryEach() throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        Queue<Bundle> bundles = new ConcurrentLinkedQueue<>();
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory = signatory(services, false, sigstore::now);
                Crew crew = new Crew("signing")) {
            for (int i = 0; i < 100; i++) {
                crew.start(() -> bundles.add(signatory.sign(STATEMENT)));
            }
            crew.join();
        }

        assertThat(bundles).hasSize(100);
        assertThat(asked(Kind.SIGNING_CERTIFICATE)).isEqualTo(1);
        assertThat(asked(Kind.LOG_ENTRY)).isEqualTo(100);
        assertThat(asked(Kind.TIMESTAMP)).isEqualTo(100);
        assertThat(sigstore.logged()).isEqualTo(100);
    }

    @Test
    void aCertificateIsRenewedShortlyBeforeItExpires() throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory = signatory(services, false, sigstore::now)) {
            signatory.sign(STATEMENT);
            sigstore.pass(Duration.ofSeconds(579));
            signatory.sign(STATEMENT);
            assertThat(asked(Kind.SIGNING_CERTIFICATE)).isEqualTo(1);

            sigstore.pass(Duration.ofSeconds(2));
            signatory.sign(STATEMENT);
            assertThat(asked(Kind.SIGNING_CERTIFICATE)).isEqualTo(2);
        }
    }

    @Test
    void aClockThatIsWrongByDaysDoesNotMakeACertificateOld() throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory =
                        signatory(services, false, () -> sigstore.now().plusSeconds(1_000_000))) {
            signatory.sign(STATEMENT);
            signatory.sign(STATEMENT);
        }

        assertThat(asked(Kind.SIGNING_CERTIFICATE)).isEqualTo(1);
    }

    @Test
    void aLogThatTakesLongerThanTheCertificateLivesIsAskedAgainWithANewOne() throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);
        Instant start = sigstore.now();
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory = signatory(services, false, () -> start)) {
            signatory.identity();
            services.delayEntry(Duration.ofMinutes(11));
            Bundle bundle = signatory.sign(STATEMENT);

            assertThat(CertificateVerifier.of(sigstore.root()).verify(bundle)).isInstanceOf(Verdict.Verified.class);
            assertThat(asked(Kind.SIGNING_CERTIFICATE)).isEqualTo(2);

            services.delayEntry(Duration.ofMinutes(11));
            services.delayEntry(Duration.ofMinutes(11));
            assertThatThrownBy(() -> signatory.sign(STATEMENT))
                    .isInstanceOf(TrustException.class)
                    .hasMessageContaining("outside of the life of its certificate");
        }
    }

    @Test
    void theTagFormCarriesThePromiseOfRekor1() throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory = signatory(services, false, sigstore::now)) {
            SignedPayload signed = signatory.sign(PAYLOAD).orElseThrow();

            assertThat(CertificateVerifier.of(sigstore.root()).verify(signed))
                    .isEqualTo(new Verdict.Verified(WHO, Optional.of(sigstore.now())));
            assertThat(SimpleSigning.parse(signed.payload())).isEqualTo(PAYLOAD);
            assertThat(signed.annotations()).containsEntry(SignedPayload.SIGNER, WHO.toString());
        }
    }

    @Test
    void withRekor2ThereIsATagFormOnlyForWhoAsksForOneWithoutLog() throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory = signatory(services, false, sigstore::now);
                KeylessSignatory bare = signatory(services, true, sigstore::now)) {
            assertThat(signatory.sign(PAYLOAD)).isEmpty();
            assertThat(asked(Kind.SIGNING_CERTIFICATE)).isEqualTo(0);

            SignedPayload signed = bare.sign(PAYLOAD).orElseThrow();
            assertThat(CertificateVerifier.of(sigstore.root()).withoutLog().verify(signed))
                    .isEqualTo(new Verdict.Verified(WHO, Optional.of(sigstore.now())));
            assertThat(sigstore.logged()).isEqualTo(0);
        }
    }

    @Test
    void anEntryThatIsThereAlreadyIsRead() throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory = signatory(services, false, sigstore::now)) {
            services.conflict();
            Bundle bundle = signatory.sign(STATEMENT);

            assertThat(CertificateVerifier.of(sigstore.root()).verify(bundle)).isInstanceOf(Verdict.Verified.class);
            assertThat(asked(Kind.LOG_ENTRY)).isEqualTo(2);
        }
    }

    @Test
    void theTokenIsInNoMessageAndNoTrace(@TempDir Path folder) throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        String token = SampleServices.token(WHO).reveal();
        Path trace = folder.resolve("trace");
        try (SampleServices services = SampleServices.of(sigstore);
                HttpTransport traced = HttpTransport.open(
                        TransportOptions.standard().withTries(1).withTrace(trace));
                KeylessSignatory signatory = KeylessSignatory.of(
                        traced, services.signing(), SampleServices.tokens(WHO), false, sigstore::now)) {
            services.refuse("{\"code\":3,\"message\":\"not verified: token:'" + token + "'\"}");
            assertThatThrownBy(() -> signatory.sign(STATEMENT))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("cannot get a certificate to sign with: 400")
                    .satisfies(thrown -> assertThat(whole(thrown)).doesNotContain(token));
            signatory.sign(STATEMENT);
        }
        assertThat(Files.readString(trace))
                .contains("SIGNING_CERTIFICATE")
                .contains("/fulcio/api/v2/signingCert")
                .doesNotContain(token)
                .doesNotContain(token.substring(0, 20));
    }

    private static String whole(Throwable thrown) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            all.append(cause).append('\n');
        }
        return all.toString();
    }

    @Test
    void aRefusalOfFulcioIsTheAnswerToThoseWhoAskedAndToNobodyLater() throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory = signatory(services, false, sigstore::now)) {
            services.refuse("{\"message\":\"go away\"}");
            assertThatThrownBy(signatory::identity).hasMessageContaining("go away");

            assertThat(signatory.identity()).isEqualTo(WHO);
        }
    }

    @Test
    void withoutATokenItSaysWhatToDo() throws IOException {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory =
                        KeylessSignatory.of(transport, services.signing(), Optional::empty, false, sigstore::now)) {
            assertThatThrownBy(() -> signatory.sign(STATEMENT)).hasMessageContaining("set SIGSTORE_ID_TOKEN");
        }
    }

    @Test
    void aTokenThatIsNoneIsNotShown() throws IOException {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        IdentityTokens broken = IdentityTokens.ofVariable(Map.of("SIGSTORE_ID_TOKEN", "a.secret!.b"));
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory =
                        KeylessSignatory.of(transport, services.signing(), broken, false, sigstore::now)) {
            assertThatThrownBy(() -> signatory.sign(STATEMENT))
                    .hasMessageContaining("no JSON web token")
                    .satisfies(thrown -> assertThat(whole(thrown)).doesNotContain("secret"));
        }
    }

    @Test
    void rekor2WithoutATimestampAuthorityIsRefusedAtOnce() throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        try (SampleServices services = SampleServices.of(sigstore)) {
            SigningServices signing = services.signing();
            SigningServices timeless = new SigningServices(signing.authority(), signing.logs(), List.of());

            assertThatThrownBy(() ->
                            KeylessSignatory.of(transport, timeless, SampleServices.tokens(WHO), false, sigstore::now))
                    .isInstanceOf(TrustException.class)
                    .hasMessageContaining("--timestamp-url");
        }
    }

    @Test
    void subjectsThatAreNoAddressesAreProvenByTheirName() throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        Identity.Certificate job = new Identity.Certificate(
                "https://github.com/org/repo/.github/workflows/a.yml@refs/heads/main",
                "https://token.actions.githubusercontent.com");
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory = KeylessSignatory.of(
                        transport, services.signing(), SampleServices.tokens(job), false, sigstore::now)) {
            assertThat(signatory.identity()).isEqualTo(job);
        }
    }

    @Test
    void bytesOfABundleSayNothingOfTheToken() throws Exception {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        try (SampleServices services = SampleServices.of(sigstore);
                KeylessSignatory signatory = signatory(services, false, sigstore::now)) {
            Bytes bundle = signatory.sign(STATEMENT).json();

            assertThat(bundle.text())
                    .doesNotContain(SampleServices.token(WHO).reveal().substring(0, 20));
        }
    }
}
