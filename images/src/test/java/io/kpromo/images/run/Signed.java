// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.proof.DesiredProofs;
import io.kpromo.images.proof.Notaries;
import io.kpromo.images.proof.Notary;
import io.kpromo.images.proof.ProofReader;
import io.kpromo.images.proof.ProofWishes;
import io.kpromo.images.proof.Prover;
import io.kpromo.images.proof.Statements;
import io.kpromo.images.proof.WantedProof;
import io.kpromo.oci.Digest;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.key.KeySignatory;
import io.kpromo.trust.key.KeyVerifier;
import io.kpromo.trust.key.Keys;
import io.kpromo.trust.key.SigningKey;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import io.kpromo.trust.store.AttachedBundle;
import io.kpromo.trust.store.AttachedPayload;
import io.kpromo.trust.store.AttachmentReader;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.Looked;
import io.kpromo.trust.store.SignedPayload;
import io.kpromo.trust.store.StoreLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;

/// A scene in which promotions sign with keys. The first mirror keeps the proof.
final class Signed implements AutoCloseable {
    private static final int AT_ONCE = 8;

    final Scene scene;
    private final Path folder;
    private ProofWishes wishes = ProofWishes.standard();
    private Optional<Vetter> vetter = Optional.empty();
    private Statements statements = new Plainly();
    Notary notary;
    /// Signs summaries; empty where that is the same one.
    Optional<Notary> summaries = Optional.empty();

    Signed(Path folder, int mirrors, Feature... without) throws Exception {
        this.folder = folder;
        this.scene = new Scene(folder, mirrors, without);
        this.notary = key();
    }

    Registry canonical() {
        return scene.mirrors.getFirst();
    }

    Repository repository(String name) {
        return new Repository(canonical().host(), "prod/" + name);
    }

    Signed wishing(ProofWishes other) {
        wishes = other;
        return this;
    }

    /// Staging is looked at before anything is promoted.
    Signed vetting(Vetter with) {
        vetter = Optional.of(with);
        return this;
    }

    Signed stating(Statements other) {
        statements = other;
        return this;
    }

    /// Somebody with a new key.
    Notary key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        String body = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        Path file = Files.createTempFile(folder, "signer", ".pem");
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
        SigningKey key = Keys.read(file, Optional::empty);
        KeySignatory signatory = new KeySignatory(key);
        return Notary.of(
                new ExpectedIdentity.Key(signatory.identity()), KeyVerifier.of(List.of(key.publicKey())), signatory);
    }

    Outcome promote() throws Exception {
        return promote(TransportOptions.standard());
    }

    Outcome promote(TransportOptions transport) throws Exception {
        return run(Scene.confirmed(), transport);
    }

    Outcome run(PromotionOptions options, TransportOptions transport) throws Exception {
        scene.resetCounts();
        return runBeside(options, transport);
    }

    /// Leaves the counts alone, for runs at the same time.
    Outcome runBeside(PromotionOptions options, TransportOptions transport) throws Exception {
        try (Registries registries = new Registries(HttpTransport.open(transport))) {
            Attachments attachments = attachments(registries);
            DesiredProofs proofs = DesiredProofs.of(scene.manifests(), scene.desired(), wishes);
            Notaries notaries = new Notaries(notary, summaries.orElse(notary));
            AttachmentReader staging = attachments.remembering();
            Prover prover = new Prover(registries, attachments, staging, notaries, statements, "1.2.3", AT_ONCE);
            return new Promotion(
                            registries,
                            options,
                            PromotionListener.silent(),
                            trees -> vetter.map(with -> with.check(staging, notary, trees)))
                    .run(scene.desired(), new Proofs(proofs, new ProofReader(attachments, notaries), prover));
        }
    }

    /// Signs an image where it lies, under its tag only, as a builder does.
    void sign(Registry registry, String repository, RawManifest manifest) throws Exception {
        try (Registries registries = new Registries(HttpTransport.open(TransportOptions.standard()))) {
            SignedPayload payload = notary.signatory()
                    .sign(new SimpleSigning(registry.host() + "/" + repository, manifest.digest(), Map.of()))
                    .orElseThrow();
            attachments(registries)
                    .appendSignatures(new Repository(registry.host(), repository), manifest.digest(), List.of(payload));
        }
    }

    static Attachments attachments(Registries registries) {
        return new Attachments(registries, new BlobIndex(), StoreLimits.standard(), InstantSource.system());
    }

    /// What is attached to a manifest in the canonical registry.
    Looked look(String name, Digest digest) throws Exception {
        try (Registries registries = new Registries(HttpTransport.open(TransportOptions.standard()))) {
            return attachments(registries).look(repository(name), digest);
        }
    }

    /// How many of each kind are attached to a manifest: `tag`, or a predicate type; by signer.
    Map<String, Integer> kept(String name, Digest digest) throws Exception {
        Looked looked = look(name, digest);
        Map<String, Integer> all = new TreeMap<>();
        List<AttachedPayload> payloads = looked.payloads().all();
        if (!payloads.isEmpty()) {
            all.put("tag", payloads.size());
        }
        for (AttachedBundle bundle : looked.bundles().all()) {
            all.merge(word(bundle.predicateType().orElse("")), 1, Integer::sum);
        }
        return all;
    }

    private static String word(String type) {
        return switch (type) {
            case PredicateTypes.SIGNATURE -> "bundle";
            case PredicateTypes.PROMOTION_RECORD -> "record";
            case PredicateTypes.VERIFICATION_SUMMARY -> "summary";
            default -> type;
        };
    }

    @Override
    public void close() {
        scene.close();
    }

    /// Statements that say no more than what they are about.
    private static final class Plainly implements Statements {
        @Override
        public Statement record(WantedProof wanted) {
            return statement(wanted, PredicateTypes.PROMOTION_RECORD);
        }

        @Override
        public Statement summary(WantedProof wanted, Digest manifest) {
            return statement(wanted, PredicateTypes.VERIFICATION_SUMMARY);
        }

        private static Statement statement(WantedProof wanted, String type) {
            return new Statement(
                    List.of(Subject.of(wanted.name(), wanted.digest())), type, JsonNodeFactory.instance.objectNode());
        }
    }
}
