// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.plan.Decision;
import io.kpromo.images.plan.Decision.AddTag;
import io.kpromo.images.plan.Decision.Copy;
import io.kpromo.images.plan.Plan;
import io.kpromo.images.run.PromotionListener.Phase;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.concurrent.Workers;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.copy.Copier;
import io.kpromo.oci.copy.CopyJob;
import io.kpromo.oci.copy.CopyListener;
import io.kpromo.oci.copy.CopyOptions;
import io.kpromo.oci.copy.Delivery;
import io.kpromo.oci.copy.SourceTrees;
import io.kpromo.oci.http.RegistryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Carries a plan out: tags that only have to be added, then copies. What fails fails alone.
final class Execution {
    private record Content(Repository source, Digest digest) {}

    private record Place(Repository into, Digest digest) {}

    private record Work(Decision decision, Repository source) {}

    private final Registries registries;
    private final CopyOptions options;
    private final SourceTrees trees;
    private final PromotionListener listener;
    private final Proving proving;
    private final Crew crew = new Crew("prove");
    private final Map<Decision, Optional<OciException>> results = new ConcurrentHashMap<>();
    private final Map<Place, Decision> copies = new ConcurrentHashMap<>();

    Execution(
            Registries registries,
            CopyOptions options,
            SourceTrees trees,
            PromotionListener listener,
            Proving proving) {
        this.registries = registries;
        this.options = options;
        this.trees = trees;
        this.listener = listener;
        this.proving = proving;
    }

    /// What has been carried out until now, and how it ended.
    Map<Decision, Optional<OciException>> results() {
        return results;
    }

    void run(Plan plan) throws InterruptedException {
        listener.begin(Phase.EXECUTE, plan.edges(AddTag.class) + plan.edges(Copy.class) + proving.count());
        try (crew) {
            proving.begin(plan, crew);
            List<Work> toCopy = new ArrayList<>();
            plan.all(Copy.class).forEach(copy -> toCopy.add(new Work(copy, copy.source())));
            toCopy.addAll(addTags(plan.all(AddTag.class).toList()));
            new Copier(registries, options, trees, new BlobIndex(), new Hears()).copy(jobs(toCopy));
            crew.join();
        }
    }

    /// @return what has to be copied after all, because the destination is not whole
    private List<Work> addTags(List<AddTag> decisions) throws InterruptedException {
        List<Work> broken = Collections.synchronizedList(new ArrayList<>());
        Map<Digest, List<AddTag>> byContent = new LinkedHashMap<>();
        decisions.forEach(decision -> byContent
                .computeIfAbsent(decision.content().digest(), digest -> new ArrayList<>())
                .add(decision));
        Workers.each(byContent.values(), options.contents(), ofOne -> addTags(ofOne, broken));
        return broken;
    }

    /// One content in many places. The first of them that gives the manifest serves all: the source is not asked,
    /// and no place is asked for what another gave.
    private void addTags(List<AddTag> decisions, Collection<Work> broken) throws InterruptedException {
        decisions.forEach(listener::started);
        for (int i = 0; i < decisions.size(); i++) {
            AddTag first = decisions.get(i);
            try {
                RawManifest manifest = manifest(first);
                Workers.each(
                        decisions.subList(i, decisions.size()),
                        options.contents(),
                        decision -> addTags(decision, manifest, broken));
                return;
            } catch (OciException e) {
                ended(first, Optional.of(e));
            }
        }
    }

    private RawManifest manifest(AddTag decision) throws InterruptedException {
        ImageReference place = decision.destination().at(decision.content().digest());
        return registries
                .manifests()
                .get(place)
                .orElseThrow(() -> new OciException(
                        "add tags to " + place + ": it was there a moment ago and is gone; run again"));
    }

    private void addTags(AddTag decision, RawManifest manifest, Collection<Work> broken) throws InterruptedException {
        try {
            for (Tag tag : decision.tags()) {
                registries.manifests().put(decision.destination().at(tag), manifest);
            }
            ended(decision, Optional.empty(), Optional.of(manifest));
        } catch (RegistryException e) {
            if (e.incomplete()) {
                broken.add(new Work(decision, decision.content().sources().getFirst()));
            } else {
                ended(decision, Optional.of(e));
            }
        } catch (OciException e) {
            ended(decision, Optional.of(e));
        }
    }

    /// One job for each content, whatever the number of its destinations.
    private List<CopyJob> jobs(List<Work> all) {
        Map<Content, List<Delivery>> grouped = new LinkedHashMap<>();
        for (Work work : all) {
            Decision decision = work.decision();
            Digest digest = decision.content().digest();
            copies.put(new Place(decision.destination(), digest), decision);
            grouped.computeIfAbsent(new Content(work.source(), digest), content -> new ArrayList<>())
                    .add(new Delivery(decision.destination(), decision.tags()));
        }
        List<CopyJob> jobs = new ArrayList<>();
        grouped.forEach((content, deliveries) -> jobs.add(new CopyJob(content.source(), content.digest(), deliveries)));
        return jobs;
    }

    private void ended(Decision decision, Optional<OciException> failure) {
        ended(decision, failure, Optional.empty());
    }

    private void ended(Decision decision, Optional<OciException> failure, Optional<RawManifest> manifest) {
        results.put(decision, failure);
        listener.finished(decision, failure);
        listener.advance(Phase.EXECUTE, decision.edges());
        proving.ended(decision, failure, manifest, crew);
    }

    /// From deliveries back to decisions.
    private final class Hears implements CopyListener {
        @Override
        public void started(CopyJob job) {
            job.deliveries().forEach(delivery -> listener.started(decision(job, delivery)));
        }

        @Override
        public void finished(CopyJob job, Delivery delivery, Optional<OciException> failure) {
            ended(decision(job, delivery), failure, trees.fetched(job.source(), job.root()));
        }

        @Override
        public void read(Repository source, long bytes) {
            listener.read(source, bytes);
        }

        @Override
        public void sent(Repository into, long bytes) {
            listener.sent(into, bytes);
        }

        @Override
        public void mounted(Repository into, long bytes) {
            listener.mounted(into, bytes);
        }

        private Decision decision(CopyJob job, Delivery delivery) {
            return Optional.ofNullable(copies.get(new Place(delivery.into(), job.root())))
                    .orElseThrow();
        }
    }
}
