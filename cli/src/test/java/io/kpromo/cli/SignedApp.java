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
import io.kpromo.trust.key.KeySignatory;
import io.kpromo.trust.key.Keys;
import io.kpromo.trust.key.SigningKey;
import io.kpromo.trust.statement.PromotionRecord;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
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

    @Override
    public void close() {
        client.close();
        registry.close();
    }
}
