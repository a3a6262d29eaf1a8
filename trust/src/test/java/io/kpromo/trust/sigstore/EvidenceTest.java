// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Identity;
import io.kpromo.trust.TextPattern;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.bundle.Material;
import io.kpromo.trust.sigstore.SampleCertificates.Wish;
import io.kpromo.trust.statement.Envelope;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.verify.CertificateVerifier;
import io.kpromo.trust.verify.Verdict;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What proves a signature, and what only looks as if it did.
class EvidenceTest {
    private static final Bytes STATEMENT = Bytes.of("{\"a\":1}");
    private static final Bytes OTHER = Bytes.of("{\"a\":2}");
    private static final Identity.Certificate WHO =
            new Identity.Certificate("release@project.example", "https://accounts.example");

    private static void assertFailed(SampleSigstore sigstore, Bundle bundle, String why) {
        assertFailed(sigstore.root(), bundle, why);
    }

    private static void assertFailed(TrustedRoot root, Bundle bundle, String why) {
        assertThat(CertificateVerifier.of(root).verify(bundle))
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        verdict -> assertThat(verdict.why()).contains(why));
    }

    private static void assertVerified(SampleSigstore sigstore, Bundle bundle) {
        assertThat(CertificateVerifier.of(sigstore.root()).verify(bundle))
                .isEqualTo(new Verdict.Verified(WHO, Optional.of(sigstore.now())));
    }

    private static Bundle with(Bundle bundle, List<LogEntry> entries, List<Bytes> timestamps) {
        return new Bundle(bundle.material(), entries, timestamps, bundle.envelope());
    }

    private static X509Certificate certificate(Bundle bundle) {
        return Certificates.parse(
                        ((Material.Certificates) bundle.material()).chain().getFirst())
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aCertificateThatHadExpiredWhenItSigned(int rekor) {
        SampleSigstore sigstore = SampleSigstore.withRekor(rekor);
        SampleSigstore.Signer signer = sigstore.signer(WHO);
        sigstore.pass(Duration.ofSeconds(601));

        assertFailed(sigstore, sigstore.bundle(STATEMENT, signer), "when its certificate had expired");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSignatureOfOldVerifiesForEver(int rekor) {
        SampleSigstore sigstore = SampleSigstore.withRekor(rekor);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        sigstore.pass(Duration.ofDays(20));

        assertThat(CertificateVerifier.of(sigstore.root()).verify(bundle)).isInstanceOf(Verdict.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSignatureFromBeforeItsCertificate(int rekor) {
        SampleSigstore sigstore = SampleSigstore.withRekor(rekor);
        SampleSigstore.Signer signer = sigstore.signer(WHO);
        sigstore.pass(Duration.ofSeconds(-1));

        assertFailed(sigstore, sigstore.bundle(STATEMENT, signer), "before its certificate was valid");
    }

    @Test
    void allTimesHaveToBeRight() {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        sigstore.pass(Duration.ofHours(1));
        Bytes late = sigstore.timestamps.over(
                bundle.envelope().signatures().getFirst().bytes(), sigstore.now());

        assertFailed(sigstore, with(bundle, bundle.entries(), List.of(late)), "when its certificate had expired");
    }

    @Test
    void aBundleThatNothingProvesATimeOf() {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);

        assertFailed(sigstore, with(bundle, bundle.entries(), List.of()), "proves when it was signed");
        assertFailed(sigstore, with(bundle, List.of(), bundle.timestamps()), "no log of signatures");
    }

    @Test
    void theTimeOfALogCountsOnlyWithItsPromise() {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        LogEntry was = bundle.entries().getFirst();
        LogEntry unpromised = new LogEntry(
                was.logIndex(),
                was.logId(),
                was.kind(),
                was.version(),
                was.integratedTime(),
                Optional.empty(),
                was.proof(),
                was.canonicalizedBody());

        assertFailed(sigstore, with(bundle, List.of(unpromised), List.of()), "proves when it was signed");
        assertVerified(sigstore, with(bundle, List.of(unpromised), bundle.timestamps()));
    }

    @Test
    void aTimestampOfAnotherSignature() {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        Bundle other = sigstore.bundle(STATEMENT, WHO);

        assertFailed(
                sigstore, with(bundle, bundle.entries(), other.timestamps()), "timestamp is about another signature");
    }

    @Test
    void aTimestampMayBringTheCertificateOfItsSignerWhereTheRootNamesItsIssuer() {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        Bytes signature = bundle.envelope().signatures().getFirst().bytes();
        TrustedRoot root = sigstore.root();
        Authority whole = root.timestampAuthorities().getFirst();
        TrustedRoot issuers = new TrustedRoot(
                root.logs(),
                root.certificateLogs(),
                root.certificateAuthorities(),
                List.of(new Authority(whole.chain().subList(1, whole.chain().size()), whole.validity())));
        CertificateVerifier verifier = CertificateVerifier.of(issuers);

        assertThat(verifier.verify(with(bundle, bundle.entries(), List.of(sigstore.timestamp(signature, true)))))
                .isEqualTo(new Verdict.Verified(WHO, Optional.of(sigstore.now())));
        assertThat(verifier.verify(with(bundle, bundle.entries(), List.of(sigstore.timestamp(signature, false)))))
                .isInstanceOf(Verdict.Unverifiable.class);
    }

    @Test
    void timestampsAndLogsOfStrangersCountForNothing() {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        SampleSigstore stranger = SampleSigstore.withRekor(2);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        Bytes strange = stranger.timestamps.over(
                bundle.envelope().signatures().getFirst().bytes(), sigstore.now());
        LogEntry elsewhere = stranger.logged(bundle.envelope(), certificate(bundle));
        CertificateVerifier verifier = CertificateVerifier.of(sigstore.root());

        assertThat(verifier.verify(with(bundle, bundle.entries(), List.of(strange))))
                .isInstanceOf(Verdict.Unverifiable.class);
        assertThat(verifier.verify(with(bundle, List.of(elsewhere), bundle.timestamps())))
                .isInstanceOf(Verdict.Unverifiable.class);
        assertVerified(
                sigstore,
                with(
                        bundle,
                        List.of(elsewhere, bundle.entries().getFirst()),
                        List.of(strange, bundle.timestamps().getFirst())));
    }

    /// Each kind of entry, about this signature and then about other content, another signature, another
    /// certificate.
    @ParameterizedTest
    @CsvSource({
        "hashedrekord, 0.0.1",
        "hashedrekord, 0.0.2",
        "dsse, 0.0.1",
        "dsse, 0.0.2",
        "intoto, 0.0.1",
        "intoto, 0.0.2"
    })
    void aLogEntryIsAboutThisSignatureAndNoOther(String kind, String version) {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        Bundle sameContent = sigstore.bundle(STATEMENT, WHO);
        Bundle otherContent = sigstore.bundle(OTHER, WHO);
        Envelope forged =
                new Envelope(Statement.PAYLOAD_TYPE, OTHER, bundle.envelope().signatures());

        assertVerified(sigstore, logged(sigstore, bundle, kind, version, bundle.envelope(), certificate(bundle)));
        for (Bundle other : List.of(
                logged(sigstore, bundle, kind, version, sameContent.envelope(), certificate(bundle)),
                logged(sigstore, bundle, kind, version, forged, certificate(bundle)),
                logged(sigstore, bundle, kind, version, bundle.envelope(), certificate(otherContent)))) {
            assertFailed(sigstore, other, "its log entry is about");
        }
    }

    private static Bundle logged(
            SampleSigstore sigstore,
            Bundle bundle,
            String kind,
            String version,
            Envelope envelope,
            X509Certificate certificate) {
        Bytes signature = envelope.signatures().getFirst().bytes();
        Bytes body = switch (kind + version) {
            case "hashedrekord0.0.1" -> SampleBodies.record1(envelope.signedBytes(), signature, certificate);
            case "hashedrekord0.0.2" -> SampleBodies.record2(envelope.signedBytes(), signature, certificate);
            case "dsse0.0.1" -> SampleBodies.dsse1(envelope, certificate);
            case "dsse0.0.2" -> SampleBodies.dsse2(envelope, certificate);
            case "intoto0.0.1" -> SampleBodies.intoto1(asGoWritesIt(envelope), certificate);
            default -> SampleBodies.intoto2(envelope, certificate);
        };
        return with(bundle, List.of(sigstore.logged(kind, version, body)), List.of());
    }

    private static String asGoWritesIt(Envelope envelope) {
        return "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\""
                + envelope.payload().base64()
                + "\",\"signatures\":[{\"keyid\":\"\",\"sig\":\""
                + envelope.signatures().getFirst().bytes().base64() + "\"}]}";
    }

    @Test
    void aCertificateForAnotherPurpose() {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        Wish wish = Wish.of(WHO, sigstore.now()).with(KeyPurposeId.id_kp_serverAuth);

        assertFailed(sigstore, sigstore.bundle(STATEMENT, sigstore.signer(wish)), "is not for signing code");
    }

    @Test
    void aCertificateThatNoLogHasPromised() {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        Wish wish = Wish.of(WHO, sigstore.now()).unpromised();

        assertFailed(sigstore, sigstore.bundle(STATEMENT, sigstore.signer(wish)), "no promise of a certificate log");
    }

    @Test
    void anIssuerInTheOldExtensionIsOneToo() {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        Wish wish = Wish.of(WHO, sigstore.now()).withOldIssuer();

        assertVerified(sigstore, sigstore.bundle(STATEMENT, sigstore.signer(wish)));
    }

    @Test
    void anAuthorityThatWasNotTrustedAnyMore() {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);
        Bundle bundle = sigstore.bundle(STATEMENT, WHO);
        TrustedRoot root = sigstore.root();
        Validity over = new Validity(
                sigstore.now().minusSeconds(100), Optional.of(sigstore.now().minusSeconds(1)));

        assertFailed(
                new TrustedRoot(
                        root.logs(),
                        root.certificateLogs(),
                        List.of(new Authority(
                                root.certificateAuthorities().getFirst().chain(), over)),
                        root.timestampAuthorities()),
                bundle,
                "when its certificate's authority was not trusted");
        TransparencyLog log = root.logs().getFirst();
        assertFailed(
                new TrustedRoot(
                        List.of(new TransparencyLog(log.baseUrl(), log.id(), log.key(), over)),
                        root.certificateLogs(),
                        root.certificateAuthorities(),
                        root.timestampAuthorities()),
                bundle,
                "when it was not trusted");
    }

    @ParameterizedTest
    @CsvSource({
        "release@project.example, https://accounts.example, true",
        "xrelease@project.example, https://accounts.example, false",
        "release@project.example.evil, https://accounts.example, false",
        "release@projectxexample, https://accounts.example, false",
        "Release@project.example, https://accounts.example, false",
        "release@project.example, https://accounts.example.evil, false",
        "release@project.example, https://accounts.example/, false",
        "release@project.example, http://accounts.example, false"
    })
    void nearMissesOfAnIdentityAreOthers(String subject, String issuer, boolean expected) {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        Verdict verdict = CertificateVerifier.of(sigstore.root())
                .verify(sigstore.bundle(STATEMENT, new Identity.Certificate(subject, issuer)));
        ExpectedIdentity exactly = new ExpectedIdentity.Certificate(
                new TextPattern.Exactly(WHO.subject()), new TextPattern.Exactly(WHO.issuer()));
        ExpectedIdentity unanchored = new ExpectedIdentity.Certificate(
                TextPattern.Expression.of("release@project\\.example"),
                TextPattern.Expression.of("https://accounts\\.example"));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Verified.class, verified -> {
            assertThat(exactly.matches(verified.signer())).isEqualTo(expected);
            assertThat(unanchored.matches(verified.signer())).isEqualTo(expected);
        });
    }
}
