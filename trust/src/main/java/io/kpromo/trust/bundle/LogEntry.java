// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.bundle;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.json.Json;
import java.util.List;
import java.util.Optional;

/// An entry of a transparency log, with what proves that it is there.
///
/// @param logId SHA-256 that names the log
/// @param kind for example `hashedrekord` or `dsse`
/// @param version of the kind, for example `0.0.2`
/// @param integratedTime seconds since 1970; 0 where the log (Rekor v2) states none
/// @param promise Rekor v1's signed entry timestamp
/// @param canonicalizedBody the entry itself, JSON
public record LogEntry(
        long logIndex,
        Bytes logId,
        String kind,
        String version,
        long integratedTime,
        Optional<Bytes> promise,
        Optional<InclusionProof> proof,
        Bytes canonicalizedBody) {
    /// Reads an entry as bundles hold it, and as Rekor 2 answers.
    ///
    /// @throws io.kpromo.trust.TrustException where it is none
    public static LogEntry read(Json json) {
        return BundleReader.entry(json);
    }

    /// @param logIndex of the entry in its tree
    /// @param hashes of the path from leaf to root
    /// @param checkpoint the signed note
    public record InclusionProof(long logIndex, Bytes rootHash, long treeSize, List<Bytes> hashes, String checkpoint) {
        public InclusionProof {
            hashes = List.copyOf(hashes);
        }
    }
}
