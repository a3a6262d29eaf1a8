// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.plan.Decision;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.images.plan.Observation;
import io.kpromo.images.plan.Plan;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.SourceTrees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One promotion: observe, decide, guard, execute.
///
/// What a run that died left undone is found by looking and done by the next one; nothing is remembered.
public final class Promotion {
    private final Registries registries;
    private final PromotionOptions options;
    private final PromotionListener listener;

    public Promotion(Registries registries, PromotionOptions options, PromotionListener listener) {
        this.registries = registries;
        this.options = options;
        this.listener = listener;
    }

    /// Makes the registries hold what is desired, or, without confirmation, finds out what that would take. One
    /// tag move or one image over the size limit, and nothing is written at all.
    ///
    /// @throws InterruptedException when told to stop; whatever was written is complete, and a rerun does the
    ///     rest
    public Outcome run(DesiredState desired) throws InterruptedException {
        long began = System.nanoTime();
        SourceTrees trees = new SourceTrees(registries.manifests());
        boolean needManifests = options.confirm() || options.maxImageBytes() > 0;
        Observer observer = new Observer(registries, trees, options.observing().withManifests(needManifests), listener);
        Observation observed = observer.observe(desired);
        Plan plan = Plan.between(desired, observed);
        List<Outcome.Oversized> oversized = plan.refusals().isEmpty() ? oversized(plan, trees) : List.of();
        long planned = System.nanoTime();
        boolean write = options.confirm() && plan.refusals().isEmpty() && oversized.isEmpty();
        Execution execution = new Execution(registries, options.copying(), trees, listener);
        if (write) {
            execution.run(plan);
        }
        return new Outcome(
                plan,
                oversized,
                execution.results(),
                options.confirm(),
                Duration.ofNanos(planned - began),
                Duration.ofNanos(System.nanoTime() - planned));
    }

    /// Asks for the manifests of what is to be copied, as copying would.
    private List<Outcome.Oversized> oversized(Plan plan, SourceTrees trees) throws InterruptedException {
        if (options.maxImageBytes() <= 0) {
            return List.of();
        }
        Map<Digest, Long> sizes = new HashMap<>();
        List<Outcome.Oversized> over = new ArrayList<>();
        for (Decision.Copy copy : plan.all(Decision.Copy.class).toList()) {
            Digest digest = copy.content().digest();
            if (!sizes.containsKey(digest)) {
                sizes.put(digest, size(copy.source(), digest, trees));
            }
            long bytes = sizes.getOrDefault(digest, 0L);
            if (bytes > options.maxImageBytes()) {
                over.add(new Outcome.Oversized(copy, bytes, options.maxImageBytes()));
            }
        }
        return over;
    }

    private static long size(Repository source, Digest digest, SourceTrees trees) throws InterruptedException {
        try {
            return trees.tree(source, digest).size();
        } catch (OciException e) {
            // What can't be fetched can't be copied either, and copying says why.
            return 0;
        }
    }
}
