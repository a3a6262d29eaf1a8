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
import io.kpromo.trust.store.AttachmentReader;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.Finding;
import io.kpromo.trust.store.Loaded;
import io.kpromo.trust.store.Looked;
import io.kpromo.trust.store.SignedPayload;
import io.kpromo.trust.verify.LayerProof;
import io.kpromo.trust.verify.Verifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Looks up all that is attached to a digest, in all forms, and verifies it. For use by many threads.
public final class EvidenceReader {
    private static final String NOTARY = "application/vnd.cncf.notary";

    private final AttachmentReader attachments;
    private final Verifier verifier;

    public EvidenceReader(AttachmentReader attachments, Verifier verifier) {
        this.attachments = attachments;
        this.verifier = verifier;
    }

    /// All there is. Three requests, two more for each bundle, one for each layer of `.sig` and `.att`.
    public FoundEvidence read(Repository repository, Digest digest) throws InterruptedException {
        return read(repository, digest, Sought.EVERYTHING);
    }

    /// As much as somebody needs who looks for something: what is likely to be it comes first, and nothing is read
    /// after it was found. So an answer that lacks it has looked at everything.
    public FoundEvidence read(Repository repository, Digest digest, Sought sought) throws InterruptedException {
        Reading reading = new Reading(repository, digest, sought);
        boolean signature = sought.likely(PredicateTypes.SIGNATURE);
        boolean enough = signature && reading.signatures();
        enough = enough || reading.referrers() || reading.attestations();
        if (!enough && !signature) {
            reading.signatures();
        }
        return new FoundEvidence(reading.all, reading.unseen);
    }

    /// Reads one layer of what a tag points to.
    @FunctionalInterface
    private interface LayerReader {
        void read(Location where, AttachedPayload layer) throws InterruptedException;
    }

    /// Its steps tell whether enough was found.
    private final class Reading {
        final Repository repository;
        final Digest digest;
        final Sought sought;
        final List<Evidence> all = new ArrayList<>();
        final List<Finding> unseen = new ArrayList<>();

        Reading(Repository repository, Digest digest, Sought sought) {
            this.repository = repository;
            this.digest = digest;
            this.sought = sought;
        }

        boolean signatures() throws InterruptedException {
            return layers(Attachments.signatureTag(digest), attachments.signatures(repository, digest), this::payload);
        }

        boolean attestations() throws InterruptedException {
            return layers(Attachments.attestationTag(digest), attachments.legacy(repository, digest), this::envelope);
        }

        boolean referrers() throws InterruptedException {
            Looked looked = attachments.referrers(repository, digest);
            unseen.addAll(looked.bundles().findings());
            looked.others().forEach(this::other);
            for (AttachedBundle bundle : likelyFirst(looked.bundles().all())) {
                bundle(bundle);
                if (sought.enough(all)) {
                    return true;
                }
            }
            return sought.enough(all);
        }

        /// What annotations say proves nothing; it is good for an order.
        private List<AttachedBundle> likelyFirst(List<AttachedBundle> bundles) {
            List<AttachedBundle> ordered = new ArrayList<>(bundles);
            ordered.sort(Comparator.comparing(
                    bundle -> !bundle.predicateType().map(sought::likely).orElse(true)));
            return ordered;
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
                    Bundle bundle;
                    try {
                        bundle = bundle(layer, envelope);
                    } catch (TrustException malformed) {
                        failed(where, "", String.valueOf(malformed.getMessage()));
                        return;
                    }
                    statement(where, "", bundle);
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
                case Loaded.Whole<SignedPayload>(SignedPayload signed) -> signature(where, signed);
            }
        }

        private void signature(Location where, SignedPayload signed) throws InterruptedException {
            Statement statement;
            try {
                statement = SimpleSigning.parse(signed.payload()).statement();
            } catch (TrustException malformed) {
                failed(where, PredicateTypes.SIGNATURE, String.valueOf(malformed.getMessage()));
                return;
            }
            Standing standing = Standing.of(verifier.verify(signed));
            all.add(new Evidence(
                    where, PredicateTypes.SIGNATURE, standing, statement.isAbout(digest), Optional.of(statement)));
        }

        /// Something that refers to the digest and is no bundle.
        void other(Descriptor referrer) {
            String type = referrer.artifactType().orElse(referrer.mediaType());
            Standing standing = type.startsWith(NOTARY)
                    ? new Standing.Unverifiable("it is a signature of the Notary Project; only Sigstore's are verified")
                    : new Standing.Unsigned();
            all.add(new Evidence(new Location.Referrer(referrer.digest()), type, standing, true, Optional.empty()));
        }

        private boolean layers(Tag tag, Attached<AttachedPayload> attached, LayerReader reader)
                throws InterruptedException {
            for (Finding finding : attached.findings()) {
                broken(new Location.AttachedTag(tag), "", finding);
            }
            for (int i = 0; i < attached.all().size(); i++) {
                AttachedPayload layer = attached.all().get(i);
                reader.read(new Location.Layer(tag, i, layer.digest()), layer);
                if (sought.enough(all)) {
                    return true;
                }
            }
            return false;
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
