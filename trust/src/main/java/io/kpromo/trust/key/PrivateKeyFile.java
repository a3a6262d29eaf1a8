// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;

/// Reads a private key: PKCS #8, SEC 1, PKCS #1, or encrypted by cosign.
///
/// @param password asked for only where the key is encrypted
record PrivateKeyFile(Path file, Supplier<Optional<Secret>> password) {
    SigningKey read(String text) {
        try {
            for (PemObject block : PemText.read(text)) {
                Optional<PrivateKeyInfo> key = key(block);
                if (key.isPresent()) {
                    return LocalKey.of(key.get());
                }
            }
        } catch (TrustException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw wrong("it can't be read as a private key: " + e.getMessage(), e);
        }
        throw new TrustException("cannot sign with the key " + file
                + ": it holds no private key in PEM form; kpromo keys generate makes one");
    }

    /// Empty where the block is something else.
    private Optional<PrivateKeyInfo> key(PemObject block) {
        return switch (block.getType()) {
            case "ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY" ->
                Optional.of(PrivateKeyInfo.getInstance(opened(block)));
            case "PRIVATE KEY" -> Optional.of(PrivateKeyInfo.getInstance(block.getContent()));
            case "EC PRIVATE KEY", "RSA PRIVATE KEY" -> Optional.of(older(block));
            case "ENCRYPTED PRIVATE KEY" -> throw new TrustException(encryptedOtherwise());
            default -> Optional.empty();
        };
    }

    private byte[] opened(PemObject block) {
        EncryptedKey key = EncryptedKey.parse(Bytes.of(block.getContent()));
        Secret secret = password.get()
                .orElseThrow(() -> new TrustException("it is encrypted and there is no password; set COSIGN_PASSWORD"));
        return key.open(secret)
                .orElseThrow(() -> new TrustException("the password does not open it; see COSIGN_PASSWORD"));
    }

    private static PrivateKeyInfo older(PemObject block) {
        if (!block.getHeaders().isEmpty()) {
            throw new TrustException(encryptedOtherwise());
        }
        try {
            if (block.getType().startsWith("RSA")) {
                var rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
                return new PrivateKeyInfo(rsa, RSAPrivateKey.getInstance(block.getContent()));
            }
            ECPrivateKey key = ECPrivateKey.getInstance(block.getContent());
            if (key.getParametersObject() == null) {
                throw new IllegalArgumentException("it doesn't name its curve");
            }
            var curve = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject());
            return new PrivateKeyInfo(curve, key);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String encryptedOtherwise() {
        return "it is encrypted in a form other than cosign's; take that of cosign import-key-pair";
    }

    private TrustException wrong(String what, Exception cause) {
        return new TrustException("cannot sign with the key " + file + ": " + what, cause);
    }
}
