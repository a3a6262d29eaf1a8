// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.tuf;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import io.kpromo.trust.sigstore.PublicKeys;
import io.kpromo.trust.sigstore.SignatureCheck;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whose signatures a kind of metadata needs, and how many of them.
///
/// @param keys by id; those of kinds that we don't know are left out
record Role(String name, Map<String, PublicKey> keys, long threshold) {
    private static final int MOST = 100;

    Role {
        keys = Map.copyOf(keys);
    }

    /// The role of this name, as a root describes it.
    static Role of(Json root, String name) {
        Json role = root.object("roles").object(name);
        Map<String, PublicKey> keys = new HashMap<>();
        for (Json id : role.list("keyids", MOST)) {
            root.object("keys")
                    .optionalObject(id.asText())
                    .flatMap(Role::key)
                    .ifPresent(key -> keys.put(id.asText(), key));
        }
        long threshold = role.number("threshold");
        if (threshold < 1) {
            throw role.wrong("has a threshold below 1");
        }
        return new Role(name, keys, threshold);
    }

    /// Ed25519 keys are bare in hexadecimal, all others PEM.
    private static Optional<PublicKey> key(Json key) {
        String text = key.object("keyval").text("public");
        return key.text("keytype").equals("ed25519")
                ? hex(text).flatMap(PublicKeys::ofEd25519)
                : PublicKeys.ofPem(text);
    }

    private static Optional<Bytes> hex(String text) {
        try {
            return Optional.of(Bytes.of(HexFormat.of().parseHex(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Ends with an exception unless enough different keys of this role have signed.
    void requireSigned(Metadata metadata) {
        Set<PublicKey> signers = new HashSet<>();
        for (Map.Entry<String, String> signature : metadata.signatures().entrySet()) {
            PublicKey key = keys.get(signature.getKey());
            Optional<Bytes> bytes = hex(signature.getValue());
            if (key != null
                    && bytes.isPresent()
                    && SignatureCheck.verifies(
                            key, metadata.signedBytes().array(), bytes.get().array())) {
                signers.add(key);
            }
        }
        if (signers.size() < threshold) {
            throw metadata.refused(
                    "has " + signers.size() + " of the " + threshold + " signatures that role " + name + " needs");
        }
    }
}
