// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.TrustException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final Supplier<Optional<Secret>> NO_PASSWORD = Optional::empty;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"SIGSTORE", "COSIGN"})
    void aKeyThatCosignEncryptedIsRead(String label) throws InterruptedException {
        Path file = TestKeys.write(folder, TestKeys.OF_COSIGN.replace("SIGSTORE", label));

        SigningKey key = Keys.read(file, TestKeys.SECRET);

        assertThat(Keys.pem(key.publicKey())).isEqualTo(TestKeys.PUBLIC_OF_COSIGN);
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() {
        Path file = TestKeys.write(folder, TestKeys.OF_COSIGN);

        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> Keys.read(file, () -> Optional.of(Secret.of("hunter2"))))
                .withMessage(
                        "cannot sign with the key " + file + ": the password does not open it; see COSIGN_PASSWORD");
    }

    @Test
    void aMissingPasswordIsSaid() {
        Path file = TestKeys.write(folder, TestKeys.OF_COSIGN);

        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> Keys.read(file, NO_PASSWORD))
                .withMessage("cannot sign with the key " + file
                        + ": it is encrypted and there is no password; set COSIGN_PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC secp256r1", "EC secp384r1", "EC secp521r1", "RSA 2048", "Ed25519"})
    void aPlainKeyIsReadWithoutAPassword(String kind) throws InterruptedException {
        KeyPair pair = TestKeys.pair(kind);

        SigningKey key = Keys.read(TestKeys.write(folder, pair), TestKeys.UNASKED);

        assertThat(key.publicKey()).isEqualTo(pair.getPublic());
        assertThat(Keys.publicKeys(TestKeys.write(folder, "my key\n" + Keys.pem(pair.getPublic()))))
                .containsExactly(pair.getPublic());
    }

    @ParameterizedTest
    @CsvSource({"EC secp384r1,EC PRIVATE KEY", "RSA 2048,RSA PRIVATE KEY"})
    void keysInOldFormsAreRead(String kind, String label) throws IOException, InterruptedException {
        KeyPair pair = TestKeys.pair(kind);
        byte[] old = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
                .getPrivateKey()
                .getOctets();
        if (kind.startsWith("EC")) {
            old = withItsCurve(old, pair);
        }

        SigningKey key = Keys.read(TestKeys.write(folder, PemText.write(label, old)), TestKeys.UNASKED);

        assertThat(key.publicKey()).isEqualTo(pair.getPublic());
    }

    private static byte[] withItsCurve(byte[] key, KeyPair pair) throws IOException {
        var curve = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
                .getPrivateKeyAlgorithm()
                .getParameters();
        var scalar = org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(key).getKey();
        return new org.bouncycastle.asn1.sec.ECPrivateKey(384, scalar, curve).getEncoded();
    }

    @ParameterizedTest
    @CsvSource({
        "RSA 1024, an RSA key of 1024 bits is too short",
        "Ed448,    a key of this kind does not sign here",
        "X25519,   a key of this kind does not sign here",
        "DSA,      a key of this kind does not sign here",
    })
    void keysOfOtherKindsAreRefused(String kind, String said) {
        KeyPair pair = TestKeys.pair(kind);

        refused(() -> Keys.read(TestKeys.write(folder, pair), TestKeys.UNASKED), said);
        refused(() -> Keys.publicKeys(TestKeys.write(folder, Keys.pem(pair.getPublic()))), said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"N\":1073741824",
                "\"N\":65535",
                "\"N\":0",
                "\"N\":-65536",
                "\"N\":9223372036854775807",
                "\"N\":2097152",
                "\"N\":\"x\""
            })
    void absurdCostsAreRefusedUntried(String costs) {
        String json = encrypted().replace("\"N\":65536", costs);

        refused(() -> Keys.read(TestKeys.write(folder, pem(json)), TestKeys.SECRET), "kdf.params");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "r":8         | "r":9000000000   | of scrypt: wrong, or more than 256 MiB of work
                    "p":1         | "p":64           | of scrypt: wrong, or more than 256 MiB of work
                    scrypt        | argon2           | it is not encrypted with scrypt and nacl/secretbox
                    nacl/secretbox| none             | it is not encrypted with scrypt and nacl/secretbox
                    "nonce":"     | "nonce":"AAAA    | cipher has a nonce of 27 bytes, not 24
                    "ciphertext": | "other":         | ciphertext is missing
                    "ciphertext":"| "ciphertext":"AAAA | the password does not open it
                    """)
    void aMalformedEncryptedKeyIsRefused(String part, String instead, String said) {
        String json = encrypted().replace(part, instead);

        refused(() -> Keys.read(TestKeys.write(folder, pem(json)), TestKeys.SECRET), said);
    }

    @ParameterizedTest
    @CsvSource({
        "'', holds no private key in PEM form",
        "PRIVATE KEY, can't be read as a private key",
        "EC PRIVATE KEY, can't be read as a private key",
        "RSA PRIVATE KEY, can't be read as a private key",
        "ENCRYPTED SIGSTORE PRIVATE KEY, the encrypted key is not valid",
        "ENCRYPTED PRIVATE KEY, it is encrypted in a form other than cosign's",
        "PUBLIC KEY, holds no private key in PEM form",
    })
    void aFileThatHoldsNoKeyIsRefused(String label, String said) {
        Path file = TestKeys.write(folder, label.isEmpty() ? "hello" : PemText.write(label, new byte[] {1, 2, 3}));

        refused(() -> Keys.read(file, TestKeys.UNASKED), said);
    }

    @ParameterizedTest
    @CsvSource({
        "'', holds no public key in PEM form",
        "PUBLIC KEY, can't be read as a public key",
        "PRIVATE KEY, holds no public key in PEM form",
    })
    void aFileThatHoldsNoPublicKeyIsRefused(String label, String said) {
        Path file = TestKeys.write(folder, label.isEmpty() ? "hello" : PemText.write(label, new byte[] {1, 2, 3}));

        refused(() -> Keys.publicKeys(file), said);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("no.key");

        refused(() -> Keys.read(file, NO_PASSWORD), "cannot read the key " + file + ": there is no " + file);
    }

    @Test
    void aNewKeyIsWrittenForItsOwnerAloneAndReadBack() throws IOException, InterruptedException {
        Path key = folder.resolve("new.key");
        Path pub = folder.resolve("new.pub");

        Keys.generate(Secret.of("secret"), new SecureRandom()).write(key, pub);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(key)).startsWith("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n");
        assertThat(Keys.publicKeys(pub))
                .containsExactly(Keys.read(key, TestKeys.SECRET).publicKey());
        refused(() -> Keys.read(key, () -> Optional.of(Secret.of(""))), "the password does not open it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new.key", "new.pub"})
    void aNewKeyOverwritesNothingAndLeavesNoHalf(String there) throws IOException {
        Files.writeString(folder.resolve(there), "precious");

        refused(
                () -> Keys.generate(Secret.of(""), new SecureRandom())
                        .write(folder.resolve("new.key"), folder.resolve("new.pub")),
                folder.resolve(there) + " is there already and is never overwritten");

        assertThat(folder.resolve(there)).hasContent("precious");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    private static String encrypted() {
        String body = TestKeys.OF_COSIGN.replaceAll("-----.*-----", "");
        return new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8);
    }

    private static String pem(String json) {
        return PemText.write("ENCRYPTED SIGSTORE PRIVATE KEY", json.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable doing, String said) {
        assertThatExceptionOfType(TrustException.class).isThrownBy(doing).withMessageContaining(said);
    }
}
