// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.inspect;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.Signatory;
import io.kpromo.trust.key.KeySignatory;
import io.kpromo.trust.key.KeyVerifier;
import io.kpromo.trust.key.Keys;
import io.kpromo.trust.key.SigningKey;
import io.kpromo.trust.policy.EvidenceReader;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;

/// An image in a registry, to which keys sign things.
final class Carrier implements AutoCloseable {
    static final String NAME = "registry.example/app";

    final SampleImage image = SampleImage.image().build();
    final Registry registry;
    private final Path folder;
    private final Registries client =
            new Registries(HttpTransport.open(TransportOptions.standard().withTries(1)));
    final Attachments attachments =
            new Attachments(client, new BlobIndex(), StoreLimits.standard(), InstantSource.system());

    Carrier(Path folder) throws IOException {
        this.folder = folder;
        this.registry = Registry.open(RegistryOptions.in(folder.resolve("registry")));
        image.pushTo(registry, "app");
    }

    Repository app() {
        return new Repository(registry.host(), "app");
    }

    Digest digest() {
        return image.digest();
    }

    /// Somebody who signs.
    record Somebody(SigningKey key, Signatory signatory) {
        ExpectedIdentity expected() throws InterruptedException {
            return new ExpectedIdentity.Key(new KeySignatory(key).identity());
        }
    }

    Somebody somebody() throws IOException, GeneralSecurityException {
        byte[] der = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        Path file = Files.createTempFile(folder, "key", ".pem");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END PRIVATE KEY-----\n");
        SigningKey key = Keys.read(file, Optional::empty);
        return new Somebody(key, new KeySignatory(key));
    }

    /// Signs under the tag.
    void tag(Somebody signer, String name, Digest about) throws InterruptedException {
        SignedPayload signed = signer.signatory()
                .sign(new SimpleSigning(name, about, Map.of()))
                .orElseThrow();
        attachments.appendSignatures(app(), digest(), List.of(signed));
    }

    /// Attaches a statement.
    void attach(Somebody signer, Statement statement) throws InterruptedException {
        attachments.attach(
                app(),
                image.root().descriptor(),
                signer.signatory().sign(statement),
                signer.signatory().identity());
    }

    void attach(Somebody signer, String predicateType, String name) throws InterruptedException {
        attach(signer, statement(predicateType, Optional.of(name), digest()));
    }

    static Statement statement(String predicateType, Optional<String> name, Digest about) {
        return new Statement(List.of(new Subject(name, about)), predicateType, JsonNodeFactory.instance.objectNode());
    }

    Statement record(String name) {
        return new PromotionRecord(
                        name,
                        digest(),
                        Instant.EPOCH,
                        "builder",
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .statement();
    }

    Answer answer(Requirement requirement, Somebody expected) throws InterruptedException {
        return Objects.requireNonNull(answers(Set.of(requirement), expected).get(requirement));
    }

    Map<Requirement, Answer> answers(Set<Requirement> requirements, Somebody expected) throws InterruptedException {
        return inspector(expected).require(app(), digest(), requirements, new Expectation(expected.expected(), NAME));
    }

    Inspector inspector(Somebody known) throws InterruptedException {
        registry.resetCounts();
        return new Inspector(new EvidenceReader(
                attachments, KeyVerifier.of(List.of(known.key().publicKey()))));
    }

    @Override
    public void close() {
        client.close();
        registry.close();
    }
}
