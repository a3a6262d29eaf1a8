// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.proof;

import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.Identity;
import io.kpromo.trust.bundle.Bundle;
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
import io.kpromo.trust.verify.Verdict;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks at what is attached to a manifest, and tells which pieces of proof are there: signed by the identity
/// that is expected, about this digest under this production name. Anybody else's are no proof, and no failure.
///
/// Two requests. What kpromo wrote is recognised by that alone: the list of referrers tells signer and name, and
/// the payload of a signature is known before it is read. What others wrote is fetched and verified.
public final class ProofReader {
    private static final Map<String, Piece> KINDS = Map.of(
            PredicateTypes.SIGNATURE, Piece.BUNDLE_SIGNATURE,
            PredicateTypes.PROMOTION_RECORD, Piece.RECORD,
            PredicateTypes.VERIFICATION_SUMMARY, Piece.SUMMARY);

    private final Attachments attachments;
    private final Notaries notaries;

    public ProofReader(Attachments attachments, Notary notary) {
        this(attachments, Notaries.of(notary));
    }

    public ProofReader(Attachments attachments, Notaries notaries) {
        this.attachments = attachments;
        this.notaries = notaries;
    }

    /// What can't be read is part of the answer, not an exception.
    ///
    /// @param name the production name
    /// @param wanted the pieces that matter; others are not looked for
    public ProofState read(Repository repository, Digest digest, String name, Set<Piece> wanted)
            throws InterruptedException {
        try {
            Looked looked = attachments.look(repository, digest);
            Search search = new Search(name, digest, wanted);
            search.bundles(looked.bundles().all());
            if (wanted.contains(Piece.TAG_SIGNATURE)) {
                search.payloads(looked.payloads().all());
                search.doWithoutTag();
            }
            Optional<Finding> unknown = unknown(looked, wanted, search.found);
            return unknown.isPresent()
                    ? new ProofState.Unreadable(unknown.get().toString())
                    : new ProofState.Seen(search.found, referrers(looked.bundles()));
        } catch (OciException e) {
            return new ProofState.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static Set<Digest> referrers(Attached<AttachedBundle> bundles) {
        return bundles.all().stream().map(AttachedBundle::digest).collect(Collectors.toSet());
    }

    /// What could not be read matters where something was not found, also a list that is malformed: ours may have
    /// been in it. (A malformed bundle is somebody else's.)
    private static Optional<Finding> unknown(Looked looked, Set<Piece> wanted, Set<Piece> found) {
        Set<Piece> open = new HashSet<>(wanted);
        open.removeAll(found);
        boolean tag = open.remove(Piece.TAG_SIGNATURE);
        Optional<Finding> unseenPayload = tag ? unseen(looked.payloads().findings()) : Optional.empty();
        return unseenPayload.or(() ->
                open.isEmpty() ? Optional.empty() : unseen(looked.bundles().findings()));
    }

    private static Optional<Finding> unseen(List<Finding> findings) {
        return findings.stream().findFirst();
    }

    /// One manifest's search.
    private final class Search {
        private final String name;
        private final Digest digest;
        private final Set<Piece> wanted;
        private final Set<Piece> found = EnumSet.noneOf(Piece.class);

        Search(String name, Digest digest, Set<Piece> wanted) {
            this.name = name;
            this.digest = digest;
            this.wanted = wanted;
        }

        private boolean looksFor(Piece piece) {
            return wanted.contains(piece) && !found.contains(piece);
        }

        void bundles(List<AttachedBundle> bundles) throws InterruptedException {
            for (AttachedBundle bundle : bundles) {
                Optional<Piece> piece = ours(bundle);
                if (piece.isPresent()) {
                    found.add(piece.get());
                }
            }
            for (AttachedBundle bundle : bundles) {
                if (bundle.signer().isEmpty() && mayBeWanted(bundle)) {
                    foreign(bundle);
                }
            }
        }

        private Optional<Piece> ours(AttachedBundle bundle) throws InterruptedException {
            Optional<Piece> piece = bundle.predicateType().map(KINDS::get).filter(this::looksFor);
            if (piece.isEmpty() || !bundle.subjectName().equals(Optional.of(name))) {
                return Optional.empty();
            }
            Optional<Identity> signer = bundle.signer().flatMap(Identity::parse);
            return signer.isPresent() && notaries.of(piece.get()).expected().matches(signer.get())
                    ? piece
                    : Optional.empty();
        }

        /// A bundle that does not tell its kind may be of any.
        private boolean mayBeWanted(AttachedBundle bundle) {
            Optional<String> type = bundle.predicateType();
            return type.isEmpty()
                    ? KINDS.values().stream().anyMatch(this::looksFor)
                    : Optional.ofNullable(KINDS.get(type.get()))
                            .filter(this::looksFor)
                            .isPresent();
        }

        private void foreign(AttachedBundle attached) throws InterruptedException {
            if (!(attachments.load(attached) instanceof Loaded.Whole<Bundle>(Bundle bundle))) {
                return;
            }
            Optional<Piece> piece = statement(bundle).flatMap(this::says);
            if (piece.isPresent()) {
                Notary notary = notaries.of(piece.get());
                if (isExpected(notary.verifier().verify(bundle), notary)) {
                    found.add(piece.get());
                }
            }
        }

        private static Optional<Statement> statement(Bundle bundle) {
            try {
                return Optional.of(Statement.in(bundle.envelope()));
            } catch (OciException e) {
                return Optional.empty();
            }
        }

        /// The piece that a statement would be, were it signed as expected.
        private Optional<Piece> says(Statement statement) {
            return Optional.ofNullable(KINDS.get(statement.predicateType()))
                    .filter(this::looksFor)
                    .filter(piece -> isAbout(statement, piece));
        }

        /// cosign's own signatures name no image; whatever has a name has to have the right one.
        private boolean isAbout(Statement statement, Piece piece) {
            return statement.subjects().stream()
                    .anyMatch(subject -> subject.digest().equals(digest)
                            && subject.name().map(name::equals).orElse(piece == Piece.BUNDLE_SIGNATURE));
        }

        void payloads(List<AttachedPayload> layers) throws InterruptedException {
            for (AttachedPayload layer : layers) {
                if (looksFor(Piece.TAG_SIGNATURE) && isSignature(layer)) {
                    found.add(Piece.TAG_SIGNATURE);
                }
            }
        }

        /// Where there is a bundle, a signature that can't be made is not missing beside it. That is asked only here,
        /// for it may take requests.
        void doWithoutTag() throws InterruptedException {
            if (looksFor(Piece.TAG_SIGNATURE)
                    && found.contains(Piece.BUNDLE_SIGNATURE)
                    && !notaries.of(Piece.TAG_SIGNATURE).signsTags()) {
                found.add(Piece.TAG_SIGNATURE);
            }
        }

        private boolean isSignature(AttachedPayload layer) throws InterruptedException {
            Notary notary = notaries.of(Piece.TAG_SIGNATURE);
            Optional<SignedPayload> known = known(layer);
            if (known.isPresent()) {
                return isExpected(notary.verifier().verify(known.get()), notary);
            }
            if (!(attachments.payload(layer) instanceof Loaded.Whole<SignedPayload>(SignedPayload signed))) {
                return false;
            }
            return isAbout(signed.payload()) && isExpected(notary.verifier().verify(signed), notary);
        }

        /// The payload that we would have written, where its digest says that it is the one.
        private Optional<SignedPayload> known(AttachedPayload layer) {
            return Optional.ofNullable(layer.annotations().get(Signature.VERSION))
                    .map(version -> Signature.payload(name, digest, version).bytes())
                    .filter(bytes -> layer.digest().matches(bytes.array()))
                    .map(bytes -> new SignedPayload(bytes, layer.annotations()));
        }

        private boolean isAbout(Bytes payload) {
            try {
                SimpleSigning said = SimpleSigning.parse(payload);
                return said.digest().equals(digest)
                        && (said.reference().isEmpty() || said.reference().equals(name));
            } catch (OciException e) {
                return false;
            }
        }

        private static boolean isExpected(Verdict verdict, Notary notary) throws InterruptedException {
            return verdict instanceof Verdict.Verified verified
                    && notary.expected().matches(verified.signer());
        }
    }
}
