// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.trust;

import io.kpromo.images.manifest.PlacedPolicy;
import io.kpromo.images.manifest.Policies;
import io.kpromo.images.proof.Notary;
import io.kpromo.images.trust.StagingVerdict.Result;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.concurrent.InFlight;
import io.kpromo.oci.copy.SourceTrees;
import io.kpromo.trust.ExpectedIdentity;
import io.kpromo.trust.policy.EvidenceReader;
import io.kpromo.trust.policy.FoundEvidence;
import io.kpromo.trust.store.Finding;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Looks at contents in staging before they are promoted: what was signed has to verify, and policies have to be
/// met.
///
/// ```java
/// var reader = new EvidenceReader(attachments, new NotaryVerifier(notary));
/// var check = new StagingCheck(reader, notary, trees, policies, 50);
/// StagingReport report = check.check(Staged.of(plan), verdict -> {});
/// ```
public final class StagingCheck {
    private final EvidenceReader reader;
    private final SourceTrees trees;
    private final Policies policies;
    private final Notary notary;
    private final Semaphore slots;
    private final InFlight<Staged, FoundEvidence> looked = InFlight.keeping();

    /// @param reader looks and verifies
    /// @param notary whose signatures have to verify where there is no policy; asked when there is a signature
    /// @param trees of the sources, which copying reads as well
    /// @param policies of the manifests
    /// @param atOnce digests that are looked at at the same time, 1 or more
    public StagingCheck(EvidenceReader reader, Notary notary, SourceTrees trees, Policies policies, int atOnce) {
        this.reader = reader;
        this.trees = trees;
        this.policies = policies;
        this.notary = notary;
        this.slots = new Semaphore(atOnce);
    }

    /// Checks all, side by side. Each digest is looked at once: three requests, and those for what is found; of an
    /// index with a policy also each of its manifests. What can't be looked at is a verdict, not an exception.
    ///
    /// @param each hears of every verdict as soon as it is known, from many threads; must neither throw nor wait
    public StagingReport check(Collection<Staged> contents, Consumer<StagingVerdict> each) throws InterruptedException {
        return check(contents, Set.of(), each);
    }

    /// The same, with contents that were promoted before: staging need not hold these any more.
    public StagingReport check(
            Collection<Staged> contents, Collection<Staged> promotedBefore, Consumer<StagingVerdict> each)
            throws InterruptedException {
        Set<Staged> all = new LinkedHashSet<>(contents);
        all.addAll(promotedBefore);
        Set<Staged> needed = Set.copyOf(contents);
        Queue<StagingVerdict> verdicts = new ConcurrentLinkedQueue<>();
        try (Crew crew = new Crew("staging")) {
            for (Staged staged : all) {
                crew.start(() -> {
                    StagingVerdict verdict = check(staged, needed.contains(staged));
                    verdicts.add(verdict);
                    each.accept(verdict);
                });
            }
            crew.join();
        }
        return new StagingReport(verdicts);
    }

    /// Whether what comes from this repository has to meet a policy.
    public boolean hasPolicy(Repository source) {
        return policies.of(source).isPresent();
    }

    private StagingVerdict check(Staged staged, boolean needed) throws InterruptedException {
        Optional<PlacedPolicy> policy = policies.of(staged.source());
        try {
            if (!needed
                    && policy.isPresent()
                    && trees.manifest(staged.source(), staged.digest()).isEmpty()) {
                return new StagingVerdict(
                        staged,
                        policy,
                        new Result.Gone(List.of("it was promoted before and is gone from staging, so that nothing can"
                                + " be verified or carried any more")),
                        List.of());
            }
            LookedTree tree = policy.isPresent()
                    ? LookedTree.of(trees.tree(staged.source(), staged.digest()), digest -> look(staged, digest))
                    : LookedTree.alone(staged.digest(), look(staged, staged.digest()));
            return new Weighing(staged, policy, expected(tree)).verdict(tree);
        } catch (OciException e) {
            return new StagingVerdict(
                    staged,
                    policy,
                    new Result.Unseen(List.of("the staging image could not be looked at: " + e.getMessage())),
                    List.of());
        }
    }

    /// Empty where nobody has signed anything, and so it does not matter.
    private Optional<ExpectedIdentity> expected(LookedTree tree) throws InterruptedException {
        boolean signed = tree.all().stream()
                .flatMap(one -> one.found().all().stream())
                .anyMatch(evidence -> evidence.signer().isPresent());
        return signed ? Optional.of(notary.expected()) : Optional.empty();
    }

    private FoundEvidence look(Staged staged, Digest digest) throws InterruptedException {
        Repository source = staged.source();
        return looked.once(new Staged(source, digest), () -> {
            slots.acquire();
            try {
                return reader.read(source, digest);
            } catch (OciException e) {
                return new FoundEvidence(
                        List.of(),
                        List.of(new Finding(
                                Finding.Kind.UNREADABLE, source.at(digest), String.valueOf(e.getMessage()))));
            } finally {
                slots.release();
            }
        });
    }
}
