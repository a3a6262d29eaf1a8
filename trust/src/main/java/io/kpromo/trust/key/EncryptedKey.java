// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.crypto.generators.SCrypt;

/// A private key as cosign encrypts it: JSON that names scrypt with its costs and salt, and NaCl's secretbox.
///
/// @param cost of scrypt, with its two factors
record EncryptedKey(Cost cost, Bytes salt, Bytes nonce, Bytes ciphertext) {
    private static final String KDF = "scrypt";
    private static final String CIPHER = "nacl/secretbox";
    private static final int SALT = 32;

    /// scrypt's N, r and p. RFC 7914.
    record Cost(int n, int r, int p) {
        /// As cosign writes them: 64 MiB.
        static final Cost USUAL = new Cost(1 << 16, 8, 1);

        private static final long MOST_WORK = 256L << 20;

        static Cost read(Json params) {
            long n = params.number("N");
            long r = params.number("r");
            long p = params.number("p");
            // Each alone first, so that their product can't overflow.
            boolean sane = n >= 2 && n <= MOST_WORK && Long.bitCount(n) == 1 && r >= 1 && r <= 64 && p >= 1 && p <= 64;
            if (!sane || 128 * n * r * p > MOST_WORK) {
                throw params.wrong("asks for N=" + n + ", r=" + r + ", p=" + p
                        + " of scrypt: wrong, or more than 256 MiB of work; cosign writes N=65536, r=8, p=1");
            }
            return new Cost((int) n, (int) r, (int) p);
        }

        private byte[] key(Secret password, Bytes salt) {
            byte[] text = password.reveal().getBytes(StandardCharsets.UTF_8);
            return SCrypt.generate(text, salt.array(), n, r, p, SecretBox.KEY);
        }
    }

    /// @throws TrustException where it is none
    static EncryptedKey parse(Bytes json) {
        Json all = Json.read("encrypted key", json);
        Json kdf = all.object("kdf");
        Json cipher = all.object("cipher");
        if (!kdf.text("name").equals(KDF) || !cipher.text("name").equals(CIPHER)) {
            throw all.wrong("is not encrypted with " + KDF + " and " + CIPHER);
        }
        Bytes nonce = cipher.bytes("nonce");
        if (nonce.length() != SecretBox.NONCE) {
            throw cipher.wrong("has a nonce of " + nonce.length() + " bytes, not " + SecretBox.NONCE);
        }
        return new EncryptedKey(Cost.read(kdf.object("params")), kdf.bytes("salt"), nonce, all.bytes("ciphertext"));
    }

    static EncryptedKey of(byte[] pkcs8, Secret password, SecureRandom random) {
        Bytes salt = random(SALT, random);
        Bytes nonce = random(SecretBox.NONCE, random);
        byte[] key = Cost.USUAL.key(password, salt);
        return new EncryptedKey(Cost.USUAL, salt, nonce, Bytes.of(SecretBox.seal(key, nonce.array(), pkcs8)));
    }

    private static Bytes random(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    /// The key, PKCS #8; empty where the password is wrong. Takes a fifth of a second.
    Optional<byte[]> open(Secret password) {
        return SecretBox.open(cost.key(password, salt), nonce.array(), ciphertext.array());
    }

    Bytes json() {
        var json = JsonText.object();
        var kdf = json.putObject("kdf").put("name", KDF);
        kdf.putObject("params").put("N", cost.n()).put("r", cost.r()).put("p", cost.p());
        kdf.put("salt", salt.base64());
        json.putObject("cipher").put("name", CIPHER).put("nonce", nonce.base64());
        return JsonText.write(json.put("ciphertext", ciphertext.base64()));
    }
}
