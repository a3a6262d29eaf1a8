// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.bundle;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.statement.Envelope;
import java.util.List;

/// A Sigstore bundle with a DSSE envelope: the statement, who signed it, and what proves when.
///
/// @param entries of transparency logs
/// @param timestamps RFC 3161 answers over the signature, DER
public record Bundle(Material material, List<LogEntry> entries, List<Bytes> timestamps, Envelope envelope) {
    public static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    public Bundle {
        entries = List.copyOf(entries);
        timestamps = List.copyOf(timestamps);
    }

    /// Reads a bundle of version 0.1, 0.2 or 0.3. What it says beyond these fields is ignored.
    ///
    /// @throws io.kpromo.trust.TrustException where it is none, or signs a file instead of a statement
    public static Bundle parse(Bytes bytes) {
        return BundleReader.read(bytes);
    }

    /// As version 0.3; the same bundle gives the same bytes. Of a chain of certificates it holds the first alone.
    public Bytes json() {
        return BundleWriter.write(this);
    }
}
