// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/// NaCl's `crypto_secretbox`: XSalsa20 with Poly1305, the 16 bytes of the code first.
final class SecretBox {
    static final int KEY = 32;
    static final int NONCE = 24;
    private static final int CODE = 16;

    private SecretBox() {}

    static byte[] seal(byte[] key, byte[] nonce, byte[] message) {
        XSalsa20Engine cipher = cipher(key, nonce);
        byte[] codeKey = codeKey(cipher);
        byte[] box = new byte[CODE + message.length];
        cipher.processBytes(message, 0, message.length, box, CODE);
        System.arraycopy(code(codeKey, box), 0, box, 0, CODE);
        return box;
    }

    /// Empty where the key is another, or the box was changed.
    static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] box) {
        if (box.length < CODE) {
            return Optional.empty();
        }
        XSalsa20Engine cipher = cipher(key, nonce);
        if (!MessageDigest.isEqual(code(codeKey(cipher), box), Arrays.copyOf(box, CODE))) {
            return Optional.empty();
        }
        byte[] message = new byte[box.length - CODE];
        cipher.processBytes(box, CODE, message.length, message, 0);
        return Optional.of(message);
    }

    private static XSalsa20Engine cipher(byte[] key, byte[] nonce) {
        XSalsa20Engine cipher = new XSalsa20Engine();
        cipher.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        return cipher;
    }

    /// The first 32 bytes of the stream are Poly1305's key; the message takes what follows.
    private static byte[] codeKey(XSalsa20Engine cipher) {
        byte[] codeKey = new byte[KEY];
        cipher.processBytes(new byte[KEY], 0, KEY, codeKey, 0);
        return codeKey;
    }

    private static byte[] code(byte[] codeKey, byte[] box) {
        Poly1305 poly = new Poly1305();
        poly.init(new KeyParameter(codeKey));
        poly.update(box, CODE, box.length - CODE);
        byte[] code = new byte[CODE];
        poly.doFinal(code, 0);
        return code;
    }
}
