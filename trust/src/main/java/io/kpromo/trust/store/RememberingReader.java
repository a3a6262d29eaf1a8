// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.statement.Envelope;

/// Asks once what is attached to an image.
final class RememberingReader implements AttachmentReader {
    private record Image(Repository repository, Digest digest) {}

    private final AttachmentReader reader;
    private final InFlight<Image, Looked> referrers = InFlight.keeping();
    private final InFlight<Image, Attached<AttachedPayload>> signatures = InFlight.keeping();

    RememberingReader(AttachmentReader reader) {
        this.reader = reader;
    }

    @Override
    public Looked referrers(Repository repository, Digest subject) throws InterruptedException {
        Image image = new Image(repository, subject);
        Looked looked = referrers.once(image, () -> reader.referrers(repository, subject));
        if (!looked.bundles().isComplete()) {
            referrers.forget(image);
        }
        return looked;
    }

    @Override
    public Attached<AttachedPayload> signatures(Repository repository, Digest subject) throws InterruptedException {
        Image image = new Image(repository, subject);
        Attached<AttachedPayload> attached = signatures.once(image, () -> reader.signatures(repository, subject));
        if (!attached.isComplete()) {
            signatures.forget(image);
        }
        return attached;
    }

    @Override
    public Attached<AttachedPayload> legacy(Repository repository, Digest subject) throws InterruptedException {
        return reader.legacy(repository, subject);
    }

    @Override
    public Loaded<Bundle> load(AttachedBundle bundle) throws InterruptedException {
        return reader.load(bundle);
    }

    @Override
    public Loaded<SignedPayload> payload(AttachedPayload layer) throws InterruptedException {
        return reader.payload(layer);
    }

    @Override
    public Loaded<Envelope> envelope(AttachedPayload layer) throws InterruptedException {
        return reader.envelope(layer);
    }
}
