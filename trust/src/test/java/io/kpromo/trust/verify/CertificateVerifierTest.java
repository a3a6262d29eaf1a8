// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.bundle.Material;
import io.kpromo.trust.sigstore.SampleSigstore;
import io.kpromo.trust.store.SignedPayload;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateVerifierTest {
    static final Bytes STATEMENT = Bytes.of("{\"_type\":\"https://in-toto.io/Statement/v1\"}");
    static final Identity.Certificate WHO =
            new Identity.Certificate("release@project.example", "https://accounts.example");

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aBundleProvesWhoSignedItAndWhen(int rekor) {
        SampleSigstore sigstore = SampleSigstore.withRekor(rekor);

        Verdict verdict = CertificateVerifier.of(sigstore.root()).verify(sigstore.bundle(STATEMENT, WHO));

        assertThat(verdict).isEqualTo(new Verdict.Verified(WHO, Optional.of(sigstore.now())));
    }

    @Test
    void aLayerOfTheTagFormProvesItByThePromiseOfTheLog() {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);

        Verdict verdict = CertificateVerifier.of(sigstore.root()).verify(sigstore.payload(STATEMENT, WHO));

        assertThat(verdict).isEqualTo(new Verdict.Verified(WHO, Optional.of(sigstore.now())));
    }

    @Test
    void aLayerWithATimestampAloneVerifiesOnlyForWhoDoesWithoutTheLog() {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        SignedPayload signed = sigstore.payload(STATEMENT, WHO);
        CertificateVerifier verifier = CertificateVerifier.of(sigstore.root());

        assertThat(verifier.withoutLog().verify(signed))
                .isEqualTo(new Verdict.Verified(WHO, Optional.of(sigstore.now())));
        assertThat(verifier.verify(signed))
                .isEqualTo(new Verdict.Failed("no log of signatures that the trusted root names has it"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "release@project.example",
                "https://github.com/org/repo/.github/workflows/release.yml@refs/tags/v1",
                "someone!https://issuer.example"
            })
    void subjectsAreAddressesUrisAndOtherNames(String subject) {
        SampleSigstore sigstore = SampleSigstore.withRekor(2);
        Identity.Certificate who = new Identity.Certificate(subject, "https://accounts.example");

        assertThat(CertificateVerifier.of(sigstore.root()).verify(sigstore.bundle(STATEMENT, who)))
                .isEqualTo(new Verdict.Verified(who, Optional.of(sigstore.now())));
    }

    @Test
    void whereTheRootNamesNoLogOfCertificatesNoneIsAskedFor() {
        SampleSigstore sigstore = SampleSigstore.withoutCertificateLog(2);

        assertThat(CertificateVerifier.of(sigstore.root()).verify(sigstore.bundle(STATEMENT, WHO)))
                .isInstanceOf(Verdict.Verified.class);
    }

    @Test
    void aRootThatIsAnothersKnowsNothingOfIt() {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);
        SampleSigstore another = SampleSigstore.withRekor(1);

        assertThat(CertificateVerifier.of(another.root()).verify(sigstore.bundle(STATEMENT, WHO)))
                .isInstanceOfSatisfying(
                        Verdict.Unverifiable.class,
                        verdict -> assertThat(verdict.why()).contains("only log"));
    }

    @Test
    void whatIsSignedWithAKeyIsForOthers() {
        SampleSigstore sigstore = SampleSigstore.withRekor(1);
        CertificateVerifier verifier = CertificateVerifier.of(sigstore.root());
        Bundle signed = sigstore.bundle(STATEMENT, WHO);
        Bundle keyed = new Bundle(
                new Material.PublicKeyHint("hint"), signed.entries(), signed.timestamps(), signed.envelope());

        assertThat(verifier.verify(keyed)).isInstanceOf(Verdict.Unverifiable.class);
        assertThat(verifier.verify(new SignedPayload(STATEMENT, Map.of(SignedPayload.SIGNATURE, "AAAA"))))
                .isInstanceOf(Verdict.Unverifiable.class);
    }
}
