// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.HostFacts.Ability;
import io.kpromo.oci.client.HostFacts.Fact;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.client.Uploads.Opened;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.oci.http.RegistryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Writes artifacts: signatures, attestations, and what else is attached to images; files. For use by many threads.
public final class Artifacts {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private record Place(Repository into, Digest blob) {}

    private final Registries registries;
    private final BlobIndex index;
    private final BlobSender sender;
    private final InFlight<Place, Boolean> underWay = InFlight.passing(LONGEST);

    /// @param index what repositories are known to hold; it learns
    public Artifacts(Registries registries, BlobIndex index) {
        this(registries, index, CopyOptions.standard());
    }

    /// @param options how large a blob may be that is held in memory or sent with one request, and how often an
    ///     upload is tried
    public Artifacts(Registries registries, BlobIndex index, CopyOptions options) {
        this.registries = registries;
        this.index = index;
        this.sender = new BlobSender(registries.uploads(), options, Pauses.growing());
    }

    /// Bytes that are to be had when they are needed.
    @FunctionalInterface
    public interface Source {
        /// As often as need be; not to be changed.
        byte[] bytes() throws InterruptedException;
    }

    /// Content of an artifact.
    ///
    /// @param content not asked where it can be mounted
    public record Blob(Digest digest, long size, Content content) {
        /// `{}`: what stands where a configuration has to and there is none. Image-spec 1.1, "Guidance for an Empty
        /// Descriptor".
        public static final Blob EMPTY = of(new byte[] {'{', '}'});

        public Blob(Digest digest, long size, Source source) {
            this(digest, size, Content.of(source, size));
        }

        public static Blob of(byte[] bytes) {
            return new Blob(Digest.sha256(bytes), bytes.length, () -> bytes);
        }

        public Descriptor descriptor(String mediaType) {
            return new Descriptor(mediaType, digest, size);
        }
    }

    /// Sees to it that a repository holds these blobs. None of them costs a request that the repository is known to
    /// hold; one where it can be mounted, or sent whole with one; else two.
    public void send(Repository into, List<Blob> blobs) throws InterruptedException {
        List<Blob> missing =
                blobs.stream().filter(blob -> !index.holds(into, blob.digest())).toList();
        if (missing.size() == 1) {
            send(into, missing.getFirst());
            return;
        }
        try (Crew crew = new Crew("artifact")) {
            missing.forEach(blob -> crew.start(() -> send(into, blob)));
            crew.join();
        }
    }

    /// Writes blobs, then a manifest that points to them and to a subject, and sees to it that it is listed with
    /// that.
    ///
    /// @see io.kpromo.oci.client.Referrers#attach
    public void attach(Repository into, RawManifest manifest, List<Blob> blobs) throws InterruptedException {
        complete(into, blobs, () -> registries.referrers().attach(into, manifest));
    }

    /// Writes blobs, then a manifest that points to them.
    public void write(ImageReference at, RawManifest manifest, List<Blob> blobs) throws InterruptedException {
        complete(at.repository(), blobs, () -> registries.manifests().put(at, manifest));
    }

    private void complete(Repository into, List<Blob> blobs, Crew.Work put) throws InterruptedException {
        send(into, blobs);
        try {
            put.run();
        } catch (RegistryException e) {
            if (!e.incomplete()) {
                throw e;
            }
            // The registry's or our own belief that a blob is there was wrong: send them whatever it says, once.
            for (Blob blob : blobs) {
                index.forget(blob.digest(), into);
                sender.send(into, blob.descriptor(MediaTypes.OCTETS), blob.content(), true);
                index.learned(blob.digest(), into);
            }
            put.run();
        }
    }

    private void send(Repository into, Blob blob) throws InterruptedException {
        underWay.once(new Place(into, blob.digest()), () -> {
            if (!index.holds(into, blob.digest())) {
                mountOrSend(into, blob);
                index.learned(blob.digest(), into);
            }
            return true;
        });
    }

    private void mountOrSend(Repository into, Blob blob) throws InterruptedException {
        Content content = blob.content();
        Descriptor descriptor = blob.descriptor(MediaTypes.OCTETS);
        // A host that takes blobs with one request needs no mount, which it might refuse.
        boolean mounts = registries.facts().about(into.host(), Ability.MOUNT) != Fact.NO
                && registries.uploads().takesWhole(into.host()) != Fact.YES;
        Optional<Repository> holder = mounts ? index.whereabouts(blob.digest(), into.host()) : Optional.empty();
        if (holder.isEmpty()) {
            sender.send(into, descriptor, content, false);
        } else if (registries.uploads().mount(into, blob.digest(), holder.get()) instanceof Opened.Open(var upload)) {
            sender.deliver(into, descriptor, upload, content);
        }
    }
}
