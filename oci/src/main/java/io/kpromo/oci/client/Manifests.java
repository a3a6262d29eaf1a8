// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.http.Transport;
import java.util.Optional;

/// Manifests by tag or digest. Distribution-spec 1.1, "Pulling manifests", "Pushing manifests", "Deleting
/// manifests".
public final class Manifests {
    private final Transport transport;

    Manifests(Transport transport) {
        this.transport = transport;
    }

    /// What a reference points to, without its body; empty where the registry has no such manifest or repository.
    /// One request; two on a host that doesn't tell the digest of a tag.
    ///
    /// @throws io.kpromo.oci.http.RegistryException when the registry says anything else
    public Optional<Descriptor> head(ImageReference reference) throws InterruptedException {
        HeadManifest.Answer answer = transport.send(new HeadManifest(reference));
        return switch (answer) {
            case HeadManifest.Answer.Found(Descriptor found) -> Optional.of(found);
            case HeadManifest.Answer.Missing() -> Optional.empty();
            case HeadManifest.Answer.Nameless() -> get(reference).map(RawManifest::descriptor);
        };
    }

    /// The manifest, its digest checked; empty where there is none.
    ///
    /// @throws io.kpromo.oci.OciException when the body is not what its digest says, or larger than
    ///     [io.kpromo.oci.Manifest#LARGEST]
    public Optional<RawManifest> get(ImageReference reference) throws InterruptedException {
        return transport.send(new GetManifest(reference));
    }

    /// Writes a manifest, byte for byte, under a tag or under its own digest. What it points to must be there.
    ///
    /// @throws io.kpromo.oci.http.RegistryException when the registry refuses
    /// @throws io.kpromo.oci.OciException when the registry made something else of it
    public void put(ImageReference reference, RawManifest manifest) throws InterruptedException {
        transport.send(new PutManifest(reference, manifest));
    }

    /// Writes a manifest that has a subject, under its digest.
    ///
    /// @return whether the registry says that it lists it as a referrer
    boolean putReferrer(Repository into, RawManifest manifest) throws InterruptedException {
        return transport.send(new PutManifest(into.at(manifest.digest()), manifest));
    }

    /// Removes a tag, or a manifest with all its tags. What isn't there is not a failure.
    ///
    /// @return whether it was there
    public boolean delete(ImageReference reference) throws InterruptedException {
        return transport.send(new DeleteManifest(reference));
    }
}
