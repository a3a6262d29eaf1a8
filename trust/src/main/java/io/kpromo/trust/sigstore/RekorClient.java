// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.bundle.LogEntry;
import io.kpromo.trust.statement.Envelope;
import java.security.cert.X509Certificate;

/// A log of signatures.
interface RekorClient {
    /// Enters an envelope, which has one signature by this certificate's key.
    ///
    /// @throws io.kpromo.oci.OciException where the log refuses, or answers what is no entry
    LogEntry log(Envelope envelope, X509Certificate certificate) throws InterruptedException;

    /// Enters the signature of a payload.
    LogEntry log(Bytes payload, Bytes signature, X509Certificate certificate) throws InterruptedException;

    /// Whether it promises its entries, so that they can be written without the proof.
    boolean promises();
}
