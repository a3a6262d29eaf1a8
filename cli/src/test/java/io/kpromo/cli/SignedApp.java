// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.Digest;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.key.KeySignatory;
import io.kpromo.trust.key.Keys;
import io.kpromo.trust.key.SigningKey;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.PromotionRecord;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.SignedPayload;
import io.kpromo.trust.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A registry, and a key in files that signs what lies there.
final class SignedApp implements AutoCloseable {
    final Registry registry;
    final Path privateKey;
    final Path publicKey;
    private final KeySignatory signatory;
    private final Registries client = new Registries(HttpTransport.open(TransportOptions.standard()));
    private final Attachments attachments =
            new Attachments(client, new BlobIndex(), StoreLimits.standard(), InstantSource.system());

    SignedApp(Path folder, UnaryOperator<RegistryOptions> shape) throws IOException, GeneralSecurityException {
        this.registry = Registry.open(shape.apply(RegistryOptions.in(folder.resolve("registry"))));
        this.privateKey = newKey(folder, "promoter");
        SigningKey key = Keys.read(privateKey, Optional::empty);
        this.signatory = new KeySignatory(key);
        try {
            this.publicKey = Files.writeString(folder.resolve("promoter.pub"), Keys.pem(key.publicKey()));
        } catch (InterruptedException e) {
            throw new AssertionError("a key in a file waits for nobody", e);
        }
    }

    static SignedApp in(Path folder) throws IOException, GeneralSecurityException {
        return new SignedApp(folder, options -> options);
    }

    static Path newKey(Path folder, String name) throws IOException, GeneralSecurityException {
        byte[] der = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return Files.writeString(
                folder.resolve(name + ".key"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    Repository repository(String path) {
        return new Repository(registry.host(), path);
    }

    /// Signs one manifest under its tag.
    void sign(String path, String name, Digest digest) throws InterruptedException {
        attachments.appendSignatures(
                repository(path),
                digest,
                List.of(signatory
                        .sign(new SimpleSigning(name, digest, Map.of()))
                        .orElseThrow()));
    }

    /// Signs an image and all below it.
    void sign(String path, String name, SampleImage image) throws InterruptedException {
        for (RawManifest manifest : image.manifests()) {
            sign(path, name, manifest.digest());
        }
    }

    void record(String path, String name, SampleImage image) throws InterruptedException {
        PromotionRecord record = new PromotionRecord(
                name,
                image.digest(),
                Instant.EPOCH,
                "builder",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        attachments.attach(
                repository(path), image.root().descriptor(), signatory.sign(record.statement()), signatory.identity());
    }

    /// What a stranger has signed, with annotations that say this key had.
    void forge(String path, String name, SampleImage image) throws Exception {
        try (KeySignatory stranger =
                new KeySignatory(Keys.read(newKey(privateKey.resolveSibling(""), "stranger"), Optional::empty))) {
            for (RawManifest manifest : image.manifests()) {
                SignedPayload payload = stranger.sign(new SimpleSigning(name, manifest.digest(), Map.of()))
                        .orElseThrow();
                Map<String, String> annotations = new HashMap<>(payload.annotations());
                annotations.put(SignedPayload.SIGNER, signatory.identity().toString());
                attachments.appendSignatures(
                        repository(path),
                        manifest.digest(),
                        List.of(new SignedPayload(payload.payload(), annotations)));
                for (String type : List.of(PredicateTypes.SIGNATURE, PredicateTypes.PROMOTION_RECORD)) {
                    Statement statement =
                            new Statement(List.of(Subject.of(name, manifest.digest())), type, JsonText.object());
                    attachments.attach(
                            repository(path), manifest.descriptor(), stranger.sign(statement), signatory.identity());
                }
            }
        }
    }

    @Override
    public void close() {
        client.close();
        registry.close();
    }
}
