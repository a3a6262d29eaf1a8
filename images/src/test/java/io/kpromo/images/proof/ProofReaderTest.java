// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.OciException;
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
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.StoreLimits;
import io.kpromo.trust.verify.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signatures under tags that whoever signs cannot make: keyless with Rekor 2.
class ProofReaderTest {
    private static final String NAME = "registry.example/app";

    private final SampleImage image =
            SampleImage.image().platforms("linux/amd64").layers(1).seed(1).build();
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    private Path folder;

    private Registry registry;
    private Registries client;
    private Attachments attachments;
    private KeySignatory signatory;
    private ExpectedIdentity expected;
    private Verifier verifier;

    @BeforeEach
    void open() throws Exception {
        registry = Registry.open(RegistryOptions.in(folder.resolve("registry")));
        image.pushTo(registry, "app", "1.0");
        client = new Registries(HttpTransport.open(TransportOptions.standard()));
        attachments = new Attachments(client, new BlobIndex(), StoreLimits.standard(), InstantSource.system());
        byte[] der = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        Path file = Files.writeString(
                folder.resolve("key"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END PRIVATE KEY-----\n");
        SigningKey key = Keys.read(file, Optional::empty);
        signatory = new KeySignatory(key);
        expected = new ExpectedIdentity.Key(signatory.identity());
        verifier = KeyVerifier.of(List.of(key.publicKey()));
    }

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    private Repository repository() {
        return new Repository(registry.host(), "app");
    }

    private void attachBundle() throws InterruptedException {
        attachments.attach(
                repository(),
                image.root().descriptor(),
                signatory.sign(Signature.statement(NAME, image.digest())),
                signatory.identity());
    }

    private ProofState read(Notary notary) throws InterruptedException {
        return new ProofReader(attachments, notary)
                .read(repository(), image.digest(), NAME, SignatureFormat.BOTH.pieces());
    }

    /// One who tells, when asked, that tags can't be signed; or fails to.
    private Notary notary(Runnable telling) {
        return new Notary() {
            @Override
            public ExpectedIdentity expected() {
                return expected;
            }

            @Override
            public Verifier verifier() {
                return verifier;
            }

            @Override
            public Signatory signatory() {
                return signatory;
            }

            @Override
            public boolean signsTags() {
                asked.incrementAndGet();
                telling.run();
                return false;
            }
        };
    }

    @Test
    void besideABundleATagThatCannotBeSignedIsNotMissing() throws Exception {
        attachBundle();

        assertThat(read(notary(() -> {})))
                .isInstanceOfSatisfying(
                        ProofState.Seen.class,
                        seen -> assertThat(seen.pieces())
                                .containsExactlyInAnyOrderElementsOf(SignatureFormat.BOTH.pieces()));
        assertThat(asked).hasValue(1);
    }

    @Test
    void whereTagsCanBeSignedTheOneThatIsNotThereIsMissing() throws Exception {
        attachBundle();

        assertThat(read(Notary.of(expected, verifier, signatory)))
                .isInstanceOfSatisfying(
                        ProofState.Seen.class,
                        seen -> assertThat(seen.pieces()).containsExactly(Piece.BUNDLE_SIGNATURE));
    }

    @Test
    void whereNothingIsSignedNobodyIsAskedAndBothAreMissing() throws Exception {
        assertThat(read(notary(() -> {})))
                .isInstanceOfSatisfying(
                        ProofState.Seen.class, seen -> assertThat(seen.pieces()).isEmpty());
        assertThat(asked).hasValue(0);
    }

    @Test
    void whereThatCannotBeFoundOutItIsNotTakenForAnything() throws Exception {
        attachBundle();

        assertThat(read(notary(() -> {
                    throw new OciException("nobody answers");
                })))
                .isEqualTo(new ProofState.Unreadable("nobody answers"));
    }
}
