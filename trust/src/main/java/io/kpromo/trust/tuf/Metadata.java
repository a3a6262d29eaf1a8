// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.tuf;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.json.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/// A file of metadata: what is signed, by whom, and until when it counts. TUF specification 1.0, section 4.
///
/// @param file as it is called in messages
/// @param signatures in hexadecimal, by the id of the key
record Metadata(String file, Bytes bytes, Json signed, Bytes signedBytes, Map<String, String> signatures) {
    private static final int MOST = 100;

    Metadata {
        signatures = Map.copyOf(signatures);
    }

    /// @param type that it has to be of: `root`, `timestamp`, `snapshot` or `targets`
    /// @throws TrustException where it is none
    static Metadata parse(String file, String type, Bytes bytes) {
        Json json = Json.read(file, bytes);
        Json signed = json.object("signed");
        if (!signed.text("_type").equals(type)) {
            throw signed.wrong("is not of type " + type);
        }
        if (!signed.text("spec_version").startsWith("1.")) {
            throw signed.wrong("is of a version of TUF that is not known");
        }
        Map<String, String> signatures = new LinkedHashMap<>();
        for (Json signature : json.list("signatures", MOST)) {
            if (signatures.put(signature.text("keyid"), signature.text("sig")) != null) {
                throw json.wrong("has two signatures of one key");
            }
        }
        return new Metadata(file, bytes, signed, CanonicalJson.write(signed), signatures);
    }

    long version() {
        return signed.number("version");
    }

    /// What it says of another file.
    Json about(String name) {
        return signed.object("meta").object(name);
    }

    void requireVersion(long wanted) {
        if (version() != wanted) {
            throw refused("is version " + version() + ", not " + wanted);
        }
    }

    void requireNotBefore(long least) {
        if (version() < least) {
            throw refused("is version " + version() + ", older than " + least
                    + " which was seen before: somebody may be leading us back");
        }
    }

    void requireFresh(Instant now) {
        String text = signed.text("expires");
        try {
            if (!now.isBefore(Instant.parse(text))) {
                throw refused("has expired at " + text + "; it is " + now + " now");
            }
        } catch (DateTimeParseException e) {
            throw signed.wrong("has an expiry that is not a time");
        }
    }

    /// What to throw where it is not to be trusted.
    TrustException refused(String why) {
        return new TrustException("the root of trust can't be brought up to date: " + file + " " + why);
    }
}
