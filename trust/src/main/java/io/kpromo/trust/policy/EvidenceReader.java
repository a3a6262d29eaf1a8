// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.policy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.bundle.Bundle;
import io.kpromo.trust.bundle.Material;
import io.kpromo.trust.statement.Envelope;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.statement.SimpleSigning;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.store.Attached;
import io.kpromo.trust.store.AttachedBundle;
import io.kpromo.trust.store.AttachedPayload;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.Finding;
import io.kpromo.trust.store.Loaded;
import io.kpromo.trust.store.Looked;
import io.kpromo.trust.store.SignedPayload;
import io.kpromo.trust.verify.LayerProof;
import io.kpromo.trust.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks up all that is attached to a digest, in all forms, and verifies it. For use by many threads.
public final class EvidenceReader {
    private static final String NOTARY = "application/vnd.cncf.notary";

    private final Attachments attachments;
    private final Verifier verifier;

    public EvidenceReader(Attachments attachments, Verifier verifier) {
        this.attachments = attachments;
        this.verifier = verifier;
    }

    /// All there is. Three requests, two more for each bundle, one for each layer of `.sig` and `.att`.
    public FoundEvidence read(Repository repository, Digest digest) throws InterruptedException {
        Reading reading = new Reading(digest);
        Looked looked = attachments.look(repository, digest);
        for (AttachedBundle bundle : looked.bundles().all()) {
            reading.bundle(bundle);
        }
        reading.unseen(looked.bundles().findings());
        looked.others().forEach(reading::other);
        Tag signatures = Attachments.signatureTag(digest);
        reading.layers(signatures, looked.payloads(), reading::payload);
        Tag attestations = Attachments.attestationTag(digest);
        reading.layers(attestations, attachments.legacy(repository, digest), reading::envelope);
        return new FoundEvidence(reading.all, reading.unseen);
    }

    /// Reads one layer of what a tag points to.
    @FunctionalInterface
    private interface LayerReader {
        void read(Location where, AttachedPayload layer) throws InterruptedException;
    }

    private final class Reading {
        final Digest digest;
        final List<Evidence> all = new ArrayList<>();
        final List<Finding> unseen = new ArrayList<>();

        Reading(Digest digest) {
            this.digest = digest;
        }

        void bundle(AttachedBundle attached) throws InterruptedException {
            Location where = new Location.Referrer(attached.digest());
            switch (attachments.load(attached)) {
                case Loaded.Broken<Bundle>(Finding finding) ->
                    broken(where, attached.predicateType().orElse(""), finding);
                case Loaded.Whole<Bundle>(Bundle bundle) ->
                    statement(where, attached.predicateType().orElse(""), bundle);
            }
        }

        void envelope(Location where, AttachedPayload layer) throws InterruptedException {
            switch (attachments.envelope(layer)) {
                case Loaded.Broken<Envelope>(Finding finding) -> broken(where, "", finding);
                case Loaded.Whole<Envelope>(Envelope envelope) -> {
                    try {
                        statement(where, "", bundle(layer, envelope));
                    } catch (TrustException malformed) {
                        failed(where, "", String.valueOf(malformed.getMessage()));
                    }
                }
            }
        }

        /// What cosign 2 keeps in annotations is what a bundle holds.
        private static Bundle bundle(AttachedPayload layer, Envelope envelope) {
            return LayerProof.of(layer.annotations())
                    .map(proof -> new Bundle(
                            new Material.Certificates(proof.chain()), proof.entries(), proof.timestamps(), envelope))
                    .orElseGet(() -> new Bundle(new Material.PublicKeyHint(""), List.of(), List.of(), envelope));
        }

        /// @param told predicate type, where whoever stored it has told one
        private void statement(Location where, String told, Bundle bundle) throws InterruptedException {
            Statement statement;
            try {
                statement = Statement.in(bundle.envelope());
            } catch (TrustException malformed) {
                failed(where, told, String.valueOf(malformed.getMessage()));
                return;
            }
            Standing standing = bundle.envelope().signatures().isEmpty()
                    ? new Standing.Unsigned()
                    : Standing.of(verifier.verify(bundle));
            all.add(new Evidence(
                    where, statement.predicateType(), standing, statement.isAbout(digest), Optional.of(statement)));
        }

        void payload(Location where, AttachedPayload layer) throws InterruptedException {
            switch (attachments.payload(layer)) {
                case Loaded.Broken<SignedPayload>(Finding finding) -> broken(where, PredicateTypes.SIGNATURE, finding);
                case Loaded.Whole<SignedPayload>(SignedPayload signed) -> {
                    try {
                        boolean about =
                                SimpleSigning.parse(signed.payload()).digest().equals(digest);
                        Standing standing = Standing.of(verifier.verify(signed));
                        all.add(new Evidence(where, PredicateTypes.SIGNATURE, standing, about, Optional.empty()));
                    } catch (TrustException malformed) {
                        failed(where, PredicateTypes.SIGNATURE, String.valueOf(malformed.getMessage()));
                    }
                }
            }
        }

        /// Something that refers to the digest and is no bundle.
        void other(Descriptor referrer) {
            String type = referrer.artifactType().orElse(referrer.mediaType());
            Standing standing = type.startsWith(NOTARY)
                    ? new Standing.Unverifiable("it is a signature of the Notary Project; only Sigstore's are verified")
                    : new Standing.Unsigned();
            all.add(new Evidence(new Location.Referrer(referrer.digest()), type, standing, true, Optional.empty()));
        }

        void layers(Tag tag, Attached<AttachedPayload> attached, LayerReader reader) throws InterruptedException {
            for (int i = 0; i < attached.all().size(); i++) {
                reader.read(new Location.Layer(tag, i), attached.all().get(i));
            }
            for (Finding finding : attached.findings()) {
                broken(new Location.AttachedTag(tag), "", finding);
            }
        }

        void unseen(List<Finding> findings) {
            unseen.addAll(findings);
        }

        private void broken(Location where, String predicateType, Finding finding) {
            switch (finding.kind()) {
                case UNREADABLE, TOO_MUCH -> unseen.add(finding);
                case MALFORMED -> failed(where, predicateType, finding.why());
            }
        }

        private void failed(Location where, String predicateType, String why) {
            all.add(new Evidence(where, predicateType, new Standing.Failed(why), false, Optional.empty()));
        }
    }
}
