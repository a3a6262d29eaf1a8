// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.images.proof.ProofDecision.Prove;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Platform;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.client.SharedTags;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.trust.TrustException;
import io.kpromo.trust.statement.Statement;
import io.kpromo.trust.store.AttachmentReader;
import io.kpromo.trust.store.Attachments;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/// Writes the proof that is missing, in the order that makes the record the last: children's signatures, the
/// root's, attestations of the staging registry, children's summaries, the root's, the record. So a look at the
/// root tells whether all is there, and who died on the way is continued by anybody.
public final class Prover {
    /// Indexes of indexes of indexes… deeper is an attack or a mistake.
    private static final int DEEPEST = 8;

    private record Place(Repository repository, Digest digest) {}

    private record Written(Repository repository, Digest digest, Piece piece) {}

    private final Registries registries;
    private final Notaries notaries;
    private final ProofReader reader;
    private final Signing signing;
    private final Statements statements;
    private final InFlight<Place, ProofState> looks = InFlight.keeping();
    private final InFlight<Written, Boolean> written = InFlight.keeping();

    /// @param staging reads what lies at sources: best one that remembers what was looked at before
    /// @param version of kpromo, for what is signed
    /// @param atOnce signatures and statements that are made and written at the same time
    public Prover(
            Registries registries,
            Attachments attachments,
            AttachmentReader staging,
            Notaries notaries,
            Statements statements,
            String version,
            int atOnce) {
        this.registries = registries;
        this.notaries = notaries;
        this.reader = new ProofReader(attachments, notaries);
        this.signing = new Signing(attachments, staging, notaries, version, atOnce);
        this.statements = statements;
    }

    /// Whether a signature under a tag was left out because this identity cannot make one that verifies: keyless
    /// with Rekor v2.
    public boolean leftTagsOut() {
        return signing.leftTagsOut();
    }

    /// Makes sure that what is missing can be signed, and that it would count: better found out before anything is
    /// copied.
    ///
    /// @throws TrustException when it cannot, or would not
    public void ready(ProofPlan plan) throws InterruptedException {
        Set<Notary> needed = plan.all(Prove.class)
                .flatMap(prove -> prove.missing().stream())
                .filter(piece -> piece != Piece.ATTESTATIONS)
                .distinct()
                .map(notaries::of)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (Notary notary : needed) {
            notary.ready();
        }
    }

    /// Writes what is missing for one content, which is in place.
    ///
    /// @param known the content's manifest, where it was fetched already; else that is one request
    /// @throws OciException when something cannot be signed or written; what was written by then stays
    public void prove(Prove decision, Optional<RawManifest> known) throws InterruptedException {
        WantedProof wanted = decision.wanted();
        RawManifest root = known.isPresent() ? known.get() : manifest(wanted.repository(), wanted.digest());
        Set<Piece> signatures = EnumSet.noneOf(Piece.class);
        decision.missing().stream().filter(Piece::isSignature).forEach(signatures::add);
        if (!signatures.isEmpty()) {
            new Tree(wanted, signatures).prove(root);
        }
        for (Piece piece : decision.missing()) {
            switch (piece) {
                case TAG_SIGNATURE, BUNDLE_SIGNATURE -> {} // above, for the whole tree
                case ATTESTATIONS -> signing.attestations(wanted);
                case SUMMARY -> new Tree(wanted, EnumSet.of(Piece.SUMMARY)).prove(root);
                case RECORD -> signing.bundle(piece, wanted.repository(), root.descriptor(), statements.record(wanted));
            }
        }
    }

    private RawManifest manifest(Repository repository, Digest digest) throws InterruptedException {
        return registries
                .manifests()
                .get(repository.at(digest))
                .orElseThrow(() -> new OciException(
                        "sign " + repository.at(digest) + ": it was there a moment ago and is gone; run again"));
    }

    /// A content with all manifests below it, which are proven before it is.
    private final class Tree {
        private final WantedProof wanted;
        private final Set<Piece> pieces;
        /// Tags that another writer may still write over.
        private final Collection<SharedTags.Written> settling = new ConcurrentLinkedQueue<>();

        /// @param pieces that the root lacks: signatures, or the summary
        Tree(WantedProof wanted, Set<Piece> pieces) {
            this.wanted = wanted;
            this.pieces = pieces;
        }

        void prove(RawManifest root) throws InterruptedException {
            children(Manifest.parse(root).manifests(), 1);
            write(root.descriptor(), pieces);
            for (SharedTags.Written tag : settling) {
                tag.confirm();
            }
        }

        private void children(List<Descriptor> manifests, int depth) throws InterruptedException {
            if (depth > DEEPEST) {
                throw new OciException("sign " + wanted.reference() + ": its indexes nest deeper than " + DEEPEST);
            }
            Failures failures = new Failures();
            try (Crew crew = new Crew("sign")) {
                for (Descriptor child : manifests) {
                    if (concerns(child)) {
                        crew.start(() -> failures.heed(() -> child(child, depth)));
                    }
                }
                crew.join();
            }
            failures.throwIfAny();
        }

        /// Signatures are for everything, summaries for platforms: what BuildKit has attested stands beside these
        /// in the index and is none.
        private boolean concerns(Descriptor child) {
            return !pieces.contains(Piece.SUMMARY)
                    || !child.platform().map(Platform::isUnknown).orElse(false)
                    || wanted.vetted().map(Vetted::below).orElse(Map.of()).containsKey(child.digest());
        }

        private void child(Descriptor child, int depth) throws InterruptedException {
            Place place = new Place(wanted.repository(), child.digest());
            ProofState state = looks.once(
                    place,
                    () -> reader.read(place.repository, place.digest, wanted.name(), EnumSet.allOf(Piece.class)));
            switch (state) {
                case ProofState.Unreadable(String why) -> throw new OciException(why);
                case ProofState.Seen seen -> {
                    Set<Piece> missing = EnumSet.copyOf(pieces);
                    missing.removeAll(seen.pieces());
                    if (!missing.isEmpty()) {
                        below(child, depth);
                        write(child, missing);
                    }
                }
            }
        }

        private void below(Descriptor child, int depth) throws InterruptedException {
            if (MediaTypes.isIndex(child.mediaType())) {
                RawManifest index = manifest(wanted.repository(), child.digest());
                children(Manifest.parse(index).manifests(), depth + 1);
            }
        }

        /// Each piece once a run, however many indexes hold the manifest.
        private void write(Descriptor manifest, Set<Piece> missing) throws InterruptedException {
            for (Piece piece : missing) {
                written.once(new Written(wanted.repository(), manifest.digest(), piece), () -> {
                    write(manifest, piece);
                    return true;
                });
            }
        }

        private void write(Descriptor manifest, Piece piece) throws InterruptedException {
            if (piece == Piece.TAG_SIGNATURE) {
                settling.add(signing.tag(wanted.repository(), manifest, wanted.name(), wanted.source()));
            } else {
                Statement statement = piece == Piece.SUMMARY
                        ? statements.summary(wanted, manifest.digest())
                        : Signature.statement(wanted.name(), manifest.digest());
                signing.bundle(piece, wanted.repository(), manifest, statement);
            }
        }
    }
}
