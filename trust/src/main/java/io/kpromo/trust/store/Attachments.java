// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.ManifestWriter;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Referrers;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.client.SharedTags;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.copy.Artifacts;
import io.kpromo.oci.copy.Artifacts.Blob;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.trust.Identity;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.statement.Envelope;
import io.kpromo.trust.statement.Statement;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// What is attached to images: looked for, read, written and carried from one repository to another. For use by
/// many threads.
///
/// What is read was written by others: it is bounded, checked against its digests, and what is wrong with it is a
/// [Finding]. Nothing here verifies a signature.
public final class Attachments implements AttachmentReader {
    private static final String ENVELOPE = "application/vnd.dsse.envelope.v1+json";

    private final Registries registries;
    private final InstantSource clock;
    private final Reading reading;
    private final Artifacts artifacts;
    private final Look look;
    private final Carrying carrying;

    /// @param index what repositories are known to hold; it learns
    /// @param clock says when a bundle was written
    public Attachments(Registries registries, BlobIndex index, StoreLimits limits, InstantSource clock) {
        this.registries = registries;
        this.clock = clock;
        this.reading = new Reading(registries, limits);
        this.artifacts = new Artifacts(registries, index);
        this.look = new Look(registries, index, reading, limits);
        this.carrying = new Carrying(artifacts, index, reading, limits);
    }

    /// `sha256-<hex>.sig`
    public static Tag signatureTag(Digest subject) {
        return new Tag(Referrers.tag(subject).text() + ".sig");
    }

    /// `sha256-<hex>.att`
    public static Tag attestationTag(Digest subject) {
        return new Tag(Referrers.tag(subject).text() + ".att");
    }

    /// What is attached to an image that may or may not be there. Two requests, side by side; one more the first
    /// time on a host without the referrers API, and where a list has more than one page.
    public Looked look(Repository repository, Digest subject) throws InterruptedException {
        AtomicReference<Attached<AttachedPayload>> payloads = new AtomicReference<>(Attached.of(List.of()));
        try (Crew crew = new Crew("look")) {
            crew.start(() -> payloads.set(signatures(repository, subject)));
            Look.Referring referring = look.referring(repository, subject);
            crew.join();
            return new Looked(referring.bundles(), payloads.get(), referring.others());
        }
    }

    @Override
    public Looked referrers(Repository repository, Digest subject) throws InterruptedException {
        Look.Referring referring = look.referring(repository, subject);
        return new Looked(referring.bundles(), Attached.of(List.of()), referring.others());
    }

    @Override
    public Attached<AttachedPayload> signatures(Repository repository, Digest subject) throws InterruptedException {
        return look.layers(repository.at(signatureTag(subject)), subject, SignedPayload.MEDIA_TYPE);
    }

    @Override
    public Attached<AttachedPayload> legacy(Repository repository, Digest subject) throws InterruptedException {
        return look.layers(repository.at(attestationTag(subject)), subject, ENVELOPE);
    }

    @Override
    public Loaded<Bundle> load(AttachedBundle bundle) throws InterruptedException {
        return reading.attempt(bundle.where(), () -> {
            RawManifest raw = reading.manifest(bundle.where());
            Manifest.Image image = Carrying.image(bundle.where(), bundle.subject(), raw);
            return reading.parse(bundle.repository(), image.layers().getFirst(), Bundle::parse);
        });
    }

    @Override
    public Loaded<SignedPayload> payload(AttachedPayload layer) throws InterruptedException {
        return reading.attempt(
                layer.where(),
                () -> reading.parse(
                        layer.repository(), layer.layer(), bytes -> new SignedPayload(bytes, layer.annotations())));
    }

    @Override
    public Loaded<Envelope> envelope(AttachedPayload layer) throws InterruptedException {
        return reading.attempt(layer.where(), () -> reading.parse(layer.repository(), layer.layer(), Envelope::parse));
    }

    /// Attaches a bundle to an image, with annotations that let it be recognised in a list. Two requests where
    /// the host takes blobs with one and has the referrers API, besides those for the empty configuration, once a
    /// repository.
    ///
    /// @param subject the image's manifest: media type, digest and size
    /// @param signer who has signed it
    /// @throws io.kpromo.oci.OciException when the registry refuses
    /// @throws io.kpromo.trust.TrustException when the bundle holds no statement
    public AttachedBundle attach(Repository repository, Descriptor subject, Bundle bundle, Identity signer)
            throws InterruptedException {
        Blob blob = Blob.of(bundle.json().array());
        Map<String, String> annotations = annotations(Statement.in(bundle.envelope()), signer);
        RawManifest manifest = ManifestWriter.image(
                Optional.of(Bundle.MEDIA_TYPE),
                Blob.EMPTY.descriptor(MediaTypes.EMPTY),
                List.of(blob.descriptor(Bundle.MEDIA_TYPE)),
                Optional.of(new Descriptor(subject.mediaType(), subject.digest(), subject.size())),
                annotations);
        artifacts.attach(repository, manifest, List.of(Blob.EMPTY, blob));
        return new AttachedBundle(
                repository, subject.digest(), manifest.descriptor().with(Optional.of(Bundle.MEDIA_TYPE), annotations));
    }

    private Map<String, String> annotations(Statement statement, Identity signer) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(AttachedBundle.CONTENT, "dsse-envelope");
        annotations.put(AttachedBundle.PREDICATE_TYPE, statement.predicateType());
        annotations.put(
                AttachedBundle.CREATED,
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        annotations.put(AttachedBundle.SIGNER, signer.toString());
        statement.subjects().stream()
                .flatMap(about -> about.name().stream())
                .findFirst()
                .ifPresent(name -> annotations.put(AttachedBundle.SUBJECT, name));
        return annotations;
    }

    /// Adds signatures to those under the `.sig` tag; what is there stays, and what is there already is not added
    /// again, whoever else writes at the same time. Three requests, one where nothing is to be added, besides
    /// those for payloads and, once a repository, the empty configuration.
    ///
    /// @return whether something was added
    /// @throws io.kpromo.oci.OciException when the registry refuses, or the tag holds something else
    public boolean appendSignatures(Repository repository, Digest subject, List<SignedPayload> signatures)
            throws InterruptedException {
        return beginSignatures(repository, subject, signatures).confirm();
    }

    /// The same, where something else is to be done while other writers finish: it is not sure that the
    /// signatures stay before [SharedTags.Written#confirm] returns.
    public SharedTags.Written beginSignatures(Repository repository, Digest subject, List<SignedPayload> signatures)
            throws InterruptedException {
        return beginSignatures(repository, subject, List.of(), signatures);
    }

    /// The same, after layers of another `.sig` manifest, with one write for all of them.
    ///
    /// @param carried from the `.sig` manifest of the same image elsewhere, with their annotations
    public SharedTags.Written beginSignatures(
            Repository repository, Digest subject, List<AttachedPayload> carried, List<SignedPayload> signatures)
            throws InterruptedException {
        List<Descriptor> layers = new ArrayList<>();
        List<Blob> blobs = new ArrayList<>(List.of(Blob.EMPTY));
        for (AttachedPayload payload : carried) {
            layers.add(payload.layer());
            blobs.add(carrying.blob(payload.repository(), payload.layer()));
        }
        for (SignedPayload signed : signatures) {
            Blob blob = Blob.of(signed.payload().array());
            blobs.add(blob);
            layers.add(blob.descriptor(SignedPayload.MEDIA_TYPE).with(Optional.empty(), signed.annotations()));
        }
        if (layers.isEmpty()) {
            return SharedTags.Written.NOTHING;
        }
        // Before the tag is read, so that little time goes by between reading and writing it.
        artifacts.send(repository, blobs);
        ImageReference tag = repository.at(signatureTag(subject));
        return registries.sharedTags().begin(tag, new SignatureManifest(artifacts, tag, layers, blobs));
    }

    /// Adds layers of another `.sig` manifest, with their annotations, to that of the same image in this
    /// repository. No request where all of them are there.
    ///
    /// @param there what a look at this repository has shown
    /// @return whether something was added
    /// @throws io.kpromo.oci.OciException when a registry refuses, or a payload is not what its layer says
    public boolean carrySignatures(
            List<AttachedPayload> layers, Repository into, Digest subject, Attached<AttachedPayload> there)
            throws InterruptedException {
        List<AttachedPayload> missing = layers.stream()
                .filter(layer ->
                        there.all().stream().noneMatch(other -> SignatureManifest.same(other.layer(), layer.layer())))
                .toList();
        return beginSignatures(into, subject, missing, List.of()).confirm();
    }

    /// Attaches a bundle, byte for byte, to the same image in another repository. No request where it is there.
    ///
    /// @param there what a look at that repository has shown
    /// @return whether it was written
    /// @throws io.kpromo.oci.OciException when a registry refuses, or the bundle is not what the list says
    public boolean carry(AttachedBundle bundle, Repository into, Attached<AttachedBundle> there)
            throws InterruptedException {
        if (there.all().stream().anyMatch(other -> other.digest().equals(bundle.digest()))) {
            return false;
        }
        carrying.bundle(bundle, into);
        return true;
    }
}
