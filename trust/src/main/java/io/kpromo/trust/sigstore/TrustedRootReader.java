// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads `trusted_root.json`: proto-JSON of Sigstore's message TrustedRoot.
final class TrustedRootReader {
    private static final String FAMILY = "application/vnd.dev.sigstore.trustedroot";

    private TrustedRootReader() {}

    static TrustedRoot read(Fields root) {
        String type = root.optionalText("mediaType").orElse("");
        if (!type.startsWith(FAMILY)) {
            throw new TrustException(root.place() + " is no trusted root: its mediaType is \"" + type + "\"");
        }
        return new TrustedRoot(
                logs(root.list("tlogs")),
                logs(root.list("ctlogs")),
                authorities(root.list("certificateAuthorities")),
                authorities(root.list("timestampAuthorities")));
    }

    private static List<TransparencyLog> logs(List<Fields> all) {
        List<TransparencyLog> logs = new ArrayList<>();
        for (Fields log : all) {
            Fields key = log.object("publicKey");
            Bytes id = log.object("logId").base64("keyId");
            KeyDetails.key(
                            key.base64("rawBytes"),
                            key.optionalText("keyDetails").orElse(""))
                    .ifPresent(k -> logs.add(
                            new TransparencyLog(log.optionalText("baseUrl").orElse(""), id, k, validity(key))));
        }
        return logs;
    }

    private static List<Authority> authorities(List<Fields> all) {
        List<Authority> authorities = new ArrayList<>();
        for (Fields authority : all) {
            List<X509Certificate> chain = new ArrayList<>();
            for (Fields certificate : authority.object("certChain").list("certificates")) {
                chain.add(Certificates.parse(certificate.base64("rawBytes"))
                        .orElseThrow(() -> certificate.wrong("rawBytes", "is no certificate")));
            }
            if (chain.isEmpty()) {
                throw authority.wrong("certChain", "has no certificates");
            }
            authorities.add(new Authority(chain, validity(authority)));
        }
        return authorities;
    }

    static Validity validity(Fields holder) {
        return holder.optional("validFor")
                .map(period -> new Validity(period.time("start").orElse(Instant.MIN), period.time("end")))
                .orElse(Validity.ALWAYS);
    }
}
