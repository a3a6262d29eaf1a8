// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.TrustException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;

/// Keys in files.
public final class Keys {
    private static final long LARGEST_FILE = 1 << 20;

    private Keys() {}

    /// Reads a private key: encrypted by cosign, or plain in PEM form. No network.
    ///
    /// @param password asked for only where the key is encrypted; an empty text is a password
    /// @throws TrustException where it can't be used; it names the file and never the password
    public static SigningKey read(Path file, Supplier<Optional<Secret>> password) {
        return new PrivateKeyFile(file, password).read(text(file));
    }

    /// All public keys of a file, in order.
    ///
    /// @throws TrustException where there is none, or one that is of no use here
    public static List<PublicKey> publicKeys(Path file) {
        try {
            List<PublicKey> keys = parsePublic(text(file));
            if (!keys.isEmpty()) {
                return keys;
            }
        } catch (TrustException e) {
            throw new TrustException("cannot verify with the key " + file + ": " + e.getMessage(), e);
        }
        throw new TrustException("cannot verify with the key " + file
                + ": it holds no public key in PEM form; kpromo keys public writes that of a private one");
    }

    /// All public keys in a text in PEM form; what else it holds is passed over.
    ///
    /// @throws TrustException where one is malformed or of no use here
    public static List<PublicKey> parsePublic(String text) {
        List<PublicKey> keys = new ArrayList<>();
        try {
            for (PemObject block : PemText.read(text)) {
                if (block.getType().equals("PUBLIC KEY")) {
                    keys.add(useful(SubjectPublicKeyInfo.getInstance(block.getContent())));
                } else if (block.getType().equals("RSA PUBLIC KEY")) {
                    keys.add(useful(new SubjectPublicKeyInfo(
                            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                            RSAPublicKey.getInstance(block.getContent()))));
                }
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            throw new TrustException("it can't be read as a public key: " + e.getMessage(), e);
        }
        return List.copyOf(keys);
    }

    private static PublicKey useful(SubjectPublicKeyInfo info) throws GeneralSecurityException, IOException {
        PublicKey key = LocalKey.publicKey(info);
        KeyKind.of(key);
        return key;
    }

    /// In PEM form, ending in a line feed.
    public static String pem(PublicKey key) {
        return PemText.write("PUBLIC KEY", key.getEncoded());
    }

    /// A new key (ECDSA P-256), encrypted in cosign's form. Takes a fifth of a second.
    public static KeyFiles generate(Secret password, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            EncryptedKey encrypted = EncryptedKey.of(pair.getPrivate().getEncoded(), password, random);
            String pem = PemText.write(
                    "ENCRYPTED SIGSTORE PRIVATE KEY", encrypted.json().array());
            return new KeyFiles(Secret.of(pem), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new TrustException("cannot read the key " + file + ": it is larger than any key");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new TrustException("cannot read the key " + file + ": " + Unreadable.why(e), e);
        }
    }
}
