// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import io.kpromo.trust.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What a service is sent instead of the message.
public enum HashKind {
    SHA256("SHA-256"),
    SHA384("SHA-384"),
    SHA512("SHA-512");

    private final String javaName;

    HashKind(String javaName) {
        this.javaName = javaName;
    }

    public Bytes of(Bytes message) {
        try {
            return Bytes.of(MessageDigest.getInstance(javaName).digest(message.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + javaName, e);
        }
    }
}
