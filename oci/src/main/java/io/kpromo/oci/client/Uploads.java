// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.HostFacts.Ability;
import io.kpromo.oci.http.Body;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.Transport;
import java.util.Optional;

/// Blobs on their way in. Distribution-spec 1.1, "Pushing blobs", "Mounting a blob from another repository".
public final class Uploads {
    private final Transport transport;
    private final HostFacts facts;

    Uploads(Transport transport, HostFacts facts) {
        this.transport = transport;
        this.facts = facts;
    }

    /// Mounts a blob that this host holds in another repository; where it cannot, the answer is an open upload.
    /// One request. "Cannot mount" is not a failure.
    ///
    /// @throws RegistryException when the host refuses both
    public Opened mount(Repository into, Digest blob, Repository from) throws InterruptedException {
        try {
            Opened opened = transport.send(OpenUpload.mount(into, blob, from));
            facts.learned(into.host(), Ability.MOUNT, opened instanceof Opened.Mounted);
            return opened;
        } catch (RegistryException e) {
            if (e.temporary() || e.status() == 401) {
                throw e;
            }
            // Quirk: some hosts answer a mount that they can't or won't do with 4xx instead of 202. A plain upload
            // tells whether it was the mount or the push that they refuse. Test: AMountThatIsRefusedIsUploaded.
            Opened opened = transport.send(OpenUpload.plain(into, blob));
            facts.learned(into.host(), Ability.MOUNT, false);
            return opened;
        }
    }

    /// Opens an upload, and offers the host to say that the repository holds the blob already (after a run that
    /// died): a mount from the repository itself costs nothing where it does not. One request.
    public Opened open(Repository into, Digest blob) throws InterruptedException {
        return transport.send(OpenUpload.claim(into, blob));
    }

    /// Opens an upload whatever the host believes to hold. One request.
    public Opened openAnew(Repository into, Digest blob) throws InterruptedException {
        return transport.send(OpenUpload.plain(into, blob));
    }

    /// Sends a blob whole with the request that would open its upload: one request where the host takes it, else
    /// the answer is an open upload, and the host is remembered.
    public Opened offer(Repository into, Digest blob, Body whole) throws InterruptedException {
        Opened opened = transport.send(new SinglePost(into, blob, whole));
        facts.learned(into.host(), Ability.SINGLE_POST, opened instanceof Opened.Mounted);
        return opened;
    }

    /// Sends all bytes and ends the upload. Not repeated by itself: after a failure the upload is void.
    public void put(Upload upload, Body whole) throws InterruptedException {
        transport.send(new PutUpload(upload, Optional.of(whole)));
    }

    /// Sends bytes from `offset` on, as far as they go. Not repeated by itself: after a failure ask [#received].
    ///
    /// @return the upload, to go on with
    public Upload patch(Upload upload, long offset, Body part) throws InterruptedException {
        return transport.send(new PatchUpload(upload, offset, part));
    }

    /// Ends an upload that was sent by [#patch]; the host checks the digest.
    public void finish(Upload upload) throws InterruptedException {
        transport.send(new PutUpload(upload, Optional.empty()));
    }

    /// How many bytes of a broken upload the host has kept; empty where the upload is gone.
    public Optional<Received> received(Upload upload) throws InterruptedException {
        return transport.send(new UploadStatus(upload));
    }

    /// Gives an upload up, so that the host can drop what it kept. One request, whose failure doesn't matter.
    public void cancel(Upload upload) throws InterruptedException {
        try {
            transport.send(new CancelUpload(upload));
        } catch (RegistryException e) {
            // The host forgets it by itself in time; what went wrong before is what the caller wants to hear of.
        }
    }

    /// Whether a blob may be offered whole, and up to which size at no risk.
    public HostFacts.Fact takesWhole(Host host) {
        return facts.about(host, Ability.SINGLE_POST);
    }

    /// What a host did with the request to open an upload.
    public sealed interface Opened {
        /// The repository holds the blob now; nothing has to be sent.
        record Mounted() implements Opened {}

        /// The host waits for the bytes.
        record Open(Upload upload) implements Opened {}
    }

    /// How far a broken upload came.
    ///
    /// @param upload to go on with
    /// @param bytes that the host has kept, 0 or more
    public record Received(Upload upload, long bytes) {}
}
