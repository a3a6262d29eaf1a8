// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.oci.Repository;
import io.kpromo.release.pr.PromotionRequest;
import io.kpromo.yaml.Place;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads how images get into production, and what happens then.
record PromotionReader(Values values) {
    private static final RefName MAIN = new RefName("main");

    /// A job; a workflow may leave out what it shares with the repository that is released.
    record WrittenJob(Optional<PromotionJob> job, Optional<Slug> repository, String file, Optional<RefName> branch) {
        PromotionJob of(Slug released, RefName main) {
            return job.orElseGet(
                    () -> new PromotionJob.Workflow(repository.orElse(released), file, branch.orElse(main)));
        }
    }

    /// A rollout; the image may be left out where a release brings only one.
    record WrittenRollout(
            Place place, Slug repository, RefName base, List<SourcePath> paths, Optional<Repository> image) {
        Optional<RolloutTarget> of(List<ReleasedImage> images) {
            Optional<Repository> only =
                    images.size() == 1 ? Optional.of(images.getFirst().production()) : Optional.empty();
            return image.or(() -> only).map(found -> new RolloutTarget(repository, base, paths, found));
        }
    }

    Optional<Canary> canary() {
        Section section = new Section(values, "a canary");
        Field<SourcePath> manifest = section.value("manifest", SourcePath::of).required();
        Field<String> key = section.text("key");
        return section.read() ? Optional.of(new Canary(manifest.get(), key.maybe())) : Optional.empty();
    }

    Optional<PromotionTarget> promotion() {
        Section section = new Section(values, "a promotion");
        Field<Slug> repository = section.value("repository", Slug::of).required();
        Field<RefName> base = section.value("base", RefName::new);
        Field<String> manifests =
                section.value("manifests", PullRequestSettings::folder).required();
        Field<String> project =
                section.value("project", PromotionRequest::project).required();
        Field<String> fork = section.value("fork", PromotionReader::fork);
        Field<String> reviewers = section.key("reviewers", values::line);
        return section.read()
                ? Optional.of(new PromotionTarget(
                        repository.get(),
                        base.or(MAIN),
                        manifests.get(),
                        project.get(),
                        fork.maybe(),
                        reviewers.or("")))
                : Optional.empty();
    }

    Optional<WrittenJob> job() {
        Place start = values.yaml().place();
        Section section = new Section(values, "a job");
        Field<WrittenJob> prow = section.key("prow", _ -> prow());
        Field<WrittenJob> workflow = section.key("workflow", _ -> workflow());
        Field<WrittenJob> tekton = section.key("tekton", _ -> tekton());
        section.read();
        List<WrittenJob> found = Stream.of(prow, workflow, tekton)
                .flatMap(key -> key.maybe().stream())
                .toList();
        if (found.size() > 1) {
            values.yaml().problem(start, "a job is one of prow, workflow, tekton; leave one");
        }
        return found.stream().findFirst();
    }

    Optional<WrittenRollout> rollout() {
        Place start = values.yaml().place();
        Section section = new Section(values, "a rollout");
        Field<Slug> repository = section.value("repository", Slug::of).required();
        Field<RefName> base = section.value("base", RefName::new);
        Field<List<SourcePath>> paths = section.list("paths", SourcePath::of).required();
        Field<Repository> image = section.value("image", Repository::parse);
        return section.read()
                ? Optional.of(new WrittenRollout(start, repository.get(), base.or(MAIN), paths.get(), image.maybe()))
                : Optional.empty();
    }

    private Optional<WrittenJob> prow() {
        Section section = new Section(values, "a job of Prow");
        Field<URI> logs = section.key("logs", key -> values.address(key, "gs")).required();
        return section.read() ? written(new PromotionJob.Prow(logs.get())) : Optional.empty();
    }

    private Optional<WrittenJob> workflow() {
        Section section = new Section(values, "a workflow");
        Field<Slug> repository = section.value("repository", Slug::of);
        Field<String> file = section.text("file").required();
        Field<RefName> branch = section.value("branch", RefName::new);
        return section.read()
                ? Optional.of(new WrittenJob(Optional.empty(), repository.maybe(), file.get(), branch.maybe()))
                : Optional.empty();
    }

    private Optional<WrittenJob> tekton() {
        Section section = new Section(values, "a pipeline of Tekton");
        Field<URI> results = section.key("results", key -> values.address(key)).required();
        Field<String> namespace = section.text("namespace").required();
        Field<String> pipeline = section.text("pipeline").required();
        return section.read()
                ? written(new PromotionJob.Tekton(results.get(), namespace.get(), pipeline.get()))
                : Optional.empty();
    }

    private static Optional<WrittenJob> written(PromotionJob job) {
        return Optional.of(new WrittenJob(Optional.of(job), Optional.empty(), "", Optional.empty()));
    }

    /// `user` or `user/repository`.
    /// `user` or `user/repository`.
    static String fork(String text) {
        Slug slug = text.contains("/") ? Slug.of(text) : new Slug(text, "any");
        return slug.name().isEmpty() ? "" : text;
    }
}
