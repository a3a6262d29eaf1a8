// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.bundle.Material;
import io.kpromo.trust.json.JsonText;
import io.kpromo.trust.statement.Envelope;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.statement.Subject;
import io.kpromo.trust.store.SignedPayload;
import io.kpromo.trust.verify.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyVerifierTest {
    private static final Digest DIGEST = Digest.sha256("image".getBytes(StandardCharsets.UTF_8));
    private static final Statement STATEMENT = new Statement(
            List.of(Subject.of("registry.k8s.io/pause", DIGEST)), "https://example.com/p", JsonText.object());
    private static final SimpleSigning PAYLOAD = new SimpleSigning("registry.k8s.io/pause", DIGEST, Map.of("a", "b"));

    private final KeyPair pair = TestKeys.pair("EC secp256r1");
    private final KeyVerifier verifier = KeyVerifier.of(List.of(pair.getPublic()));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"EC secp256r1", "EC secp384r1", "EC secp521r1", "RSA 2048", "Ed25519"})
    void whatAKeySignsItVerifies(String kind) throws InterruptedException {
        KeyPair keys = TestKeys.pair(kind);
        KeyVerifier ours = KeyVerifier.of(List.of(pair.getPublic(), keys.getPublic()));
        try (KeySignatory signatory = signatory(keys)) {
            Verdict right = new Verdict.Verified(signatory.identity(), Optional.empty());

            assertThat(ours.verify(Bundle.parse(signatory.sign(STATEMENT).json())))
                    .isEqualTo(right);
            assertThat(ours.verify(signatory.sign(PAYLOAD).orElseThrow())).isEqualTo(right);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256", "p384", "p521", "rsa", "ed25519"})
    void whatCosignSignsIsVerified(String kind) {
        var key = Keys.parsePublic(text(kind + ".pub"));
        KeyVerifier theirs = KeyVerifier.of(key);
        Verdict right = new Verdict.Verified(Fingerprint.identity(key.getFirst()), Optional.empty());
        Bundle signature = Bundle.parse(Bytes.of(text(kind + ".bundle.json")));

        assertThat(theirs.verify(signature)).isEqualTo(right);
        assertThat(signature.material()).isEqualTo(new Material.PublicKeyHint(Fingerprint.hint(key.getFirst())));
        assertThat(theirs.verify(Bundle.parse(Bytes.of(text(kind + ".attestation.json")))))
                .isEqualTo(right);
        assertThat(theirs.verify(Envelope.parse(Bytes.of(text(kind + ".att.json")))))
                .isEqualTo(right);
        assertThat(theirs.verify(new SignedPayload(
                        Bytes.of(text(kind + ".payload.json")),
                        Map.of(SignedPayload.SIGNATURE, text(kind + ".signature")))))
                .isEqualTo(right);
        assertThat(SimpleSigning.parse(Bytes.of(text(kind + ".payload.json"))).reference())
                .startsWith("127.0.0.1:5961/img/");
    }

    @Test
    void theHintIsTheFingerprintAsCosignWritesIt() throws InterruptedException {
        try (KeySignatory signatory = signatory(pair)) {
            String hint = ((Material.PublicKeyHint) signatory.sign(STATEMENT).material()).hint();

            assertThat(Bytes.ofBase64(hint).hex())
                    .isEqualTo(signatory.identity().fingerprint())
                    .isEqualTo(Digest.sha256(pair.getPublic().getEncoded()).hex());
        }
    }

    @Test
    void aBundleIsRefusedWithAnyByteOfItsPayloadChanged() throws InterruptedException {
        Bundle bundle = signed();
        for (int i = 0; i < bundle.envelope().payload().length(); i++) {
            Bytes changed = changed(bundle.envelope().payload(), i);
            assertThat(verifier.verify(with(
                            bundle,
                            new Envelope(
                                    Statement.PAYLOAD_TYPE,
                                    changed,
                                    bundle.envelope().signatures()))))
                    .isInstanceOf(Verdict.Failed.class);
        }
    }

    @Test
    void aBundleIsRefusedWithAnyByteOfItsSignatureChanged() throws InterruptedException {
        Bundle bundle = signed();
        Bytes signature = bundle.envelope().signatures().getFirst().bytes();
        for (int i = 0; i < signature.length(); i++) {
            Envelope.Signature changed = new Envelope.Signature("", changed(signature, i));
            assertThat(verifier.verify(with(
                            bundle,
                            new Envelope(
                                    Statement.PAYLOAD_TYPE, bundle.envelope().payload(), List.of(changed)))))
                    .isInstanceOf(Verdict.Failed.class);
        }
    }

    @Test
    void aBundleIsRefusedWithAnotherPayloadTypeOrNoSignature() throws InterruptedException {
        Bundle bundle = signed();
        Envelope right = bundle.envelope();

        assertThat(verifier.verify(with(bundle, new Envelope("text/plain", right.payload(), right.signatures()))))
                .isEqualTo(new Verdict.Failed("its signature is not that of the key that it names: it was changed"));
        assertThat(verifier.verify(with(bundle, new Envelope(right.payloadType(), right.payload(), List.of()))))
                .isEqualTo(new Verdict.Failed("its envelope holds no signature"));
    }

    @Test
    void whatAnotherKeySignedIsNotOurs() throws InterruptedException {
        try (KeySignatory other = signatory(TestKeys.pair("EC secp256r1"))) {
            Bundle bundle = other.sign(STATEMENT);
            String hint = ((Material.PublicKeyHint) bundle.material()).hint();

            assertThat(verifier.verify(bundle))
                    .isEqualTo(new Verdict.Unverifiable("it is signed with none of the keys at hand (it names the key "
                            + hint + "), or was changed"));
            assertThat(verifier.verify(other.sign(PAYLOAD).orElseThrow()))
                    .isEqualTo(new Verdict.Unverifiable("it is signed with none of the keys at hand, or was changed"));
            assertThat(verifier.verify(new Bundle(
                            new Material.PublicKeyHint(Fingerprint.hint(pair.getPublic())),
                            List.of(),
                            List.of(),
                            bundle.envelope())))
                    .as("another's signature under our name")
                    .isInstanceOf(Verdict.Failed.class);
        }
    }

    @Test
    void aHintProvesNothing() throws InterruptedException {
        Bundle bundle = signed();

        assertThat(verifier.verify(
                        new Bundle(new Material.PublicKeyHint("whatever\n"), List.of(), List.of(), bundle.envelope())))
                .isEqualTo(new Verdict.Verified(Fingerprint.identity(pair.getPublic()), Optional.empty()));
    }

    @Test
    void whatIsSignedWithACertificateIsForOthersToVerify() throws InterruptedException {
        Bundle bundle = new Bundle(
                new Material.Certificates(List.of(Bytes.of("der"))), List.of(), List.of(), signed().envelope());
        SignedPayload payload =
                new SignedPayload(Bytes.of(""), Map.of(SignedPayload.CERTIFICATE, "pem", SignedPayload.SIGNATURE, ""));

        assertThat(verifier.verify(bundle)).isInstanceOf(Verdict.Unverifiable.class);
        assertThat(verifier.verify(payload)).isInstanceOf(Verdict.Unverifiable.class);
    }

    @Test
    void aPayloadIsRefusedWithAnyByteChanged() throws InterruptedException {
        SignedPayload right = payload();
        for (int i = 0; i < right.payload().length(); i++) {
            assertThat(verifier.verify(new SignedPayload(changed(right.payload(), i), right.annotations())))
                    .isInstanceOf(Verdict.Failed.class);
        }
    }

    @Test
    void aPayloadWithAChangedOrMalformedSignatureIsRefused() throws InterruptedException {
        SignedPayload right = payload();
        Bytes signature =
                Bytes.ofBase64(Objects.requireNonNull(right.annotations().get(SignedPayload.SIGNATURE)));

        for (int i = 0; i < signature.length(); i++) {
            assertThat(verifier.verify(with(right, changed(signature, i).base64())))
                    .isInstanceOf(Verdict.Failed.class);
        }
        assertThat(verifier.verify(with(right, "not base64!")))
                .isEqualTo(new Verdict.Failed("its annotation dev.cosignproject.cosign/signature is not base64"));
        assertThat(verifier.verify(new SignedPayload(right.payload(), Map.of())))
                .isEqualTo(new Verdict.Failed("it has no annotation dev.cosignproject.cosign/signature"));
    }

    @Test
    void anEmptySignatureVerifiesWithNoKindOfKey() {
        for (String kind : List.of("EC secp256r1", "RSA 2048", "Ed25519")) {
            var key = TestKeys.pair(kind).getPublic();
            assertThat(KeyKind.of(key).verifies(key, Bytes.of("x"), Bytes.of("")))
                    .isFalse();
        }
    }

    private Bundle signed() throws InterruptedException {
        try (KeySignatory signatory = signatory(pair)) {
            return signatory.sign(STATEMENT);
        }
    }

    private SignedPayload payload() throws InterruptedException {
        try (KeySignatory signatory = signatory(pair)) {
            return signatory.sign(PAYLOAD).orElseThrow();
        }
    }

    private KeySignatory signatory(KeyPair keys) {
        return new KeySignatory(Keys.read(TestKeys.write(folder, keys), TestKeys.UNASKED));
    }

    private static Bundle with(Bundle bundle, Envelope envelope) {
        return new Bundle(bundle.material(), bundle.entries(), bundle.timestamps(), envelope);
    }

    private static SignedPayload with(SignedPayload payload, String signature) {
        return new SignedPayload(
                payload.payload(),
                Map.of(
                        SignedPayload.SIGNATURE,
                        signature,
                        SignedPayload.SIGNER,
                        Objects.requireNonNull(payload.annotations().get(SignedPayload.SIGNER))));
    }

    private static Bytes changed(Bytes bytes, int at) {
        byte[] copy = bytes.array();
        copy[at] ^= 1;
        return Bytes.of(copy);
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(KeyVerifierTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
