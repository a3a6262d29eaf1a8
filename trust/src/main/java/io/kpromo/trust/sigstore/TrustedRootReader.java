// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `trusted_root.json`: proto-JSON of Sigstore's message TrustedRoot.
final class TrustedRootReader {
    private static final int MOST = 1000;
    private static final String FAMILY = "application/vnd.dev.sigstore.trustedroot";

    private TrustedRootReader() {}

    static TrustedRoot read(Json root) {
        String type = root.optionalText("mediaType").orElse("");
        if (!type.startsWith(FAMILY)) {
            throw root.wrong("is not of media type " + FAMILY);
        }
        return new TrustedRoot(
                logs(root.list("tlogs", MOST)),
                logs(root.list("ctlogs", MOST)),
                authorities(root.list("certificateAuthorities", MOST)),
                authorities(root.list("timestampAuthorities", MOST)));
    }

    private static List<TransparencyLog> logs(List<Json> all) {
        List<TransparencyLog> logs = new ArrayList<>();
        for (Json log : all) {
            Json key = log.object("publicKey");
            Bytes id = log.object("logId").bytes("keyId");
            KeyDetails.key(key.bytes("rawBytes"), key.optionalText("keyDetails").orElse(""))
                    .ifPresent(k -> logs.add(
                            new TransparencyLog(log.optionalText("baseUrl").orElse(""), id, k, validity(key))));
        }
        return logs;
    }

    private static List<Authority> authorities(List<Json> all) {
        List<Authority> authorities = new ArrayList<>();
        for (Json authority : all) {
            List<X509Certificate> chain = new ArrayList<>();
            for (Json certificate : authority.object("certChain").list("certificates", MOST)) {
                chain.add(Certificates.parse(certificate.bytes("rawBytes"))
                        .orElseThrow(() -> certificate.wrong("is no certificate")));
            }
            if (chain.isEmpty()) {
                throw authority.wrong("has no certificates");
            }
            authorities.add(new Authority(chain, validity(authority)));
        }
        return authorities;
    }

    static Validity validity(Json holder) {
        return holder.optionalObject("validFor")
                .map(period -> new Validity(time(period, "start").orElse(Instant.MIN), time(period, "end")))
                .orElse(Validity.ALWAYS);
    }

    private static Optional<Instant> time(Json period, String name) {
        return period.optionalText(name).map(text -> {
            try {
                return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
            } catch (DateTimeParseException e) {
                throw period.wrong("has a " + name + " that is not a time");
            }
        });
    }
}
