// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import java.util.List;
import java.util.Optional;

/// Whom to believe: a Sigstore instance's `trusted_root.json`, versions 0.1 and 0.2 of the format.
///
/// @param logs of signatures
/// @param certificateLogs where there are any, certificates have to be in one
public record TrustedRoot(
        List<TransparencyLog> logs,
        List<TransparencyLog> certificateLogs,
        List<Authority> certificateAuthorities,
        List<Authority> timestampAuthorities) {
    public TrustedRoot {
        logs = List.copyOf(logs);
        certificateLogs = List.copyOf(certificateLogs);
        certificateAuthorities = List.copyOf(certificateAuthorities);
        timestampAuthorities = List.copyOf(timestampAuthorities);
    }

    /// Reads it. Logs with keys of kinds that we don't know are left out, as if they were not named.
    ///
    /// @param where it comes from, for messages
    /// @throws io.kpromo.trust.TrustException where it is none; says where and why
    public static TrustedRoot parse(Bytes json, String where) {
        return TrustedRootReader.read(Json.read(where, json));
    }

    /// The log of signatures with this id.
    public Optional<TransparencyLog> log(Bytes id) {
        return logs.stream().filter(log -> log.id().equals(id)).findFirst();
    }

    /// The log of certificates with this id.
    public Optional<TransparencyLog> certificateLog(Bytes id) {
        return certificateLogs.stream().filter(log -> log.id().equals(id)).findFirst();
    }
}
