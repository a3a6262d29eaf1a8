// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.statement.Envelope;

/// Reads what is attached to images. What others wrote is bounded, checked against its digests, and what is wrong with
/// it is a [Finding].
public interface AttachmentReader {
    /// What refers to an image, without a look at its `.sig` tag. One request.
    Looked referrers(Repository repository, Digest subject) throws InterruptedException;

    /// The layers under the `.sig` tag alone. One request.
    Attached<AttachedPayload> signatures(Repository repository, Digest subject) throws InterruptedException;

    /// The envelopes under the `.att` tag, where cosign 2 put attestations. One request.
    Attached<AttachedPayload> legacy(Repository repository, Digest subject) throws InterruptedException;

    /// Fetches a bundle. Two requests.
    Loaded<Bundle> load(AttachedBundle bundle) throws InterruptedException;

    /// Fetches the payload of a layer of a `.sig` manifest. One request.
    Loaded<SignedPayload> payload(AttachedPayload layer) throws InterruptedException;

    /// Fetches an envelope of an `.att` manifest. One request.
    Loaded<Envelope> envelope(AttachedPayload layer) throws InterruptedException;

    /// The same for repositories that a run reads and never writes, as those of staging: what is attached to an image
    /// there is asked for once, however many want to know. What could not be read is asked for anew.
    default AttachmentReader remembering() {
        return new RememberingReader(this);
    }
}
