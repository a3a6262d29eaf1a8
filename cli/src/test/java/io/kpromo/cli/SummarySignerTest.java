// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.images.manifest.Manifests;
import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.images.proof.DesiredProofs;
import io.kpromo.images.proof.Notaries;
import io.kpromo.images.proof.Notary;
import io.kpromo.images.proof.Piece;
import io.kpromo.images.proof.ProofDecision.Prove;
import io.kpromo.images.proof.ProofReader;
import io.kpromo.images.proof.ProofWishes;
import io.kpromo.images.proof.Prover;
import io.kpromo.images.proof.Records;
import io.kpromo.images.run.Outcome;
import io.kpromo.images.run.Promotion;
import io.kpromo.images.run.PromotionListener;
import io.kpromo.images.run.PromotionOptions;
import io.kpromo.images.run.Proofs;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Identity;
import io.kpromo.trust.TextPattern;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.key.Keys;
import io.kpromo.trust.sigstore.KeylessSignatory;
import io.kpromo.trust.sigstore.SampleServices;
import io.kpromo.trust.sigstore.SampleSigstore;
import io.kpromo.trust.statement.PromotionRecord;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.StoreLimits;
import io.kpromo.trust.verify.CertificateVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Summaries that an account signs, where all else is signed by somebody else.
class SummarySignerTest {
    private static final Identity.Certificate ACCOUNT =
            new Identity.Certificate("verifier@project.iam.gserviceaccount.com", SignerFlags.ISSUER);
    private static final Identity.Certificate OTHER =
            new Identity.Certificate("other@project.iam.gserviceaccount.com", SignerFlags.ISSUER);

    @TempDir
    private Path folder;

    private final SampleImage image =
            SampleImage.image().platforms("linux/amd64").layers(1).build();
    private final SampleSigstore sigstore = SampleSigstore.withRekor(1);
    private Registry registry;
    private Path key;

    @BeforeEach
    void open() throws Exception {
        registry = Registry.open(RegistryOptions.in(folder.resolve("registry")));
        image.pushTo(registry, "staging/app", "build-1");
        key = SignedApp.newKey(folder, "promoter");
        kpromo("keys", "public", "--key", key.toString(), "--output", folder.resolve("promoter") + "");
        Files.write(folder.resolve("root.json"), sigstore.trustedRoot().array());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /// @param account that signs
    /// @param expected whose summaries count
    private Outcome promote(Identity.Certificate account, Identity.Certificate expected) throws Exception {
        List<PromoterManifest> manifests = Manifests.plain(
                        Files.writeString(folder.resolve("m.yaml"), """
                        registries: [{name: %1$s/staging, src: true}, {name: %1$s/prod}]
                        images: [{name: app, dmap: {"%2$s": ["1.0"]}}]
                        """.formatted(registry.host(), image.digest())))
                .all();
        DesiredState desired = DesiredState.of(manifests);
        HttpTransport transport = HttpTransport.open(TransportOptions.standard());
        try (Registries registries = new Registries(transport);
                SampleServices services = SampleServices.of(sigstore);
                KeyNotary all = new KeyNotary(() -> Keys.read(key, Optional::empty));
                KeylessNotary summaries = new KeylessNotary(
                        KeylessSignatory.of(
                                transport,
                                services.signing(),
                                SampleServices.tokens(account),
                                false,
                                InstantSource.system()),
                        Optional.of(new ExpectedIdentity.Certificate(
                                new TextPattern.Exactly(expected.subject()),
                                new TextPattern.Exactly(expected.issuer()))),
                        () -> CertificateVerifier.of(sigstore.root()))) {
            return new Promotion(registries, PromotionOptions.standard().withConfirm(true), PromotionListener.silent())
                    .run(desired, proofs(registries, manifests, desired, all, summaries));
        }
    }

    private static Proofs proofs(
            Registries registries,
            List<PromoterManifest> manifests,
            DesiredState desired,
            Notary all,
            Notary summaries) {
        Attachments attachments =
                new Attachments(registries, new BlobIndex(), StoreLimits.standard(), InstantSource.system());
        Notaries notaries = new Notaries(all, summaries);
        Records records = new Records(
                new PromotionRecord.Promoter("1.2.3", "abc"), Records.Ids.standard(), Map.of(), InstantSource.system());
        return new Proofs(
                DesiredProofs.of(manifests, desired, ProofWishes.standard().withSummaries(true)),
                new ProofReader(attachments, notaries),
                new Prover(registries, attachments, attachments, notaries, records, "1.2.3", 4));
    }

    private int verifiedAs(Identity.Certificate account) {
        return kpromo(
                        "verify",
                        "--certificate-identity=" + account.subject(),
                        "--certificate-oidc-issuer=" + account.issuer(),
                        "--trusted-root=" + folder.resolve("root.json"),
                        "--require=vsa",
                        registry.host() + "/prod/app:1.0")
                .code();
    }

    private int verifiedByKey(String required) {
        return kpromo(
                        "verify",
                        "--key=" + folder.resolve("promoter.pub"),
                        "--require=" + required,
                        registry.host() + "/prod/app:1.0")
                .code();
    }

    @Test
    void theyVerifyAsThatAccountsAndAllElseDoesNot() throws Exception {
        assertThat(promote(ACCOUNT, ACCOUNT).failed()).isFalse();

        assertThat(verifiedAs(ACCOUNT)).isZero();
        assertThat(verifiedAs(OTHER)).isEqualTo(1);
        assertThat(verifiedByKey("signature,record")).isZero();
        assertThat(verifiedByKey("vsa")).isEqualTo(1);
        assertThat(promote(ACCOUNT, ACCOUNT).writes()).isFalse();
    }

    @Test
    void thoseOfAnotherAccountDoNotCountAsThere() throws Exception {
        promote(ACCOUNT, ACCOUNT);

        Outcome outcome = promote(OTHER, OTHER);

        assertThat(outcome.proofs().plan().all(Prove.class))
                .singleElement()
                .satisfies(prove -> assertThat(prove.missing()).containsExactly(Piece.SUMMARY));
        assertThat(verifiedAs(OTHER)).isZero();
        assertThat(verifiedAs(ACCOUNT)).isZero();
    }

    @Test
    void whoeverWouldSignThemAsSomebodyElseIsRefusedBeforeAnythingIsCopied() throws Exception {
        assertThatThrownBy(() -> promote(OTHER, ACCOUNT))
                .isInstanceOf(TrustException.class)
                .hasMessageContaining(OTHER.subject())
                .hasMessageContaining(ACCOUNT.subject());
        assertThat(registry.folder().repositories()).containsExactly("staging/app");
    }
}
