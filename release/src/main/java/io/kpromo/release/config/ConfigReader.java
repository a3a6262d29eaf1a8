// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.forge.ForgeAddress;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.release.text.Template;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `release.yaml`. Keys are in the order in which the process comes to them.
final class ConfigReader {
    private static final RefName MAIN = new RefName("main");
    private static final Template TITLE = new Template("{{version}}");

    private final Values values;
    private final Section document;
    private final Field<Slug> repository;
    private final Field<ForgeAddress> forge;
    private final Field<RefName> branch;
    private final Field<List<ReleasedImage>> images;
    private final Field<ExpectedSigner> signer;
    private final Field<VersionReferences> versions;
    private final Field<TrackingReader.Written> tracking;
    private final Field<List<Canary>> canaries;
    private final Field<PromotionTarget> promotion;
    private final Field<PromotionReader.WrittenJob> job;
    private final Field<List<PromotionReader.WrittenRollout>> rollout;
    private final Field<ReleasePage> page;
    private final Field<AnnouncementReader.Written> announcement;

    private ConfigReader(YamlReader yaml) {
        values = new Values(yaml);
        ImageReader image = new ImageReader(values);
        TrackingReader tracked = new TrackingReader(values);
        PromotionReader promoted = new PromotionReader(values);
        AnnouncementReader announced = new AnnouncementReader(values);
        document = new Section(values, "a release");
        repository = document.value("repository", Slug::of).required();
        forge = document.value("forge", ForgeAddress::of);
        branch = document.value("branch", RefName::new);
        images = document.key("images", key -> values.sections(key, image::image));
        signer = document.key("signer", _ -> image.signer());
        versions = document.key("versions", _ -> tracked.versions());
        tracking = document.key("tracking", _ -> tracked.tracking());
        canaries = document.key("canaries", key -> values.sections(key, promoted::canary));
        promotion = document.key("promotion", _ -> promoted.promotion());
        job = document.key("job", _ -> promoted.job());
        rollout = document.key("rollout", key -> values.sections(key, promoted::rollout));
        page = document.key("release", _ -> page());
        announcement = document.key("announce", _ -> announced.announcement());
    }

    static ReleaseConfig read(Path file) {
        Problems problems = new Problems();
        List<ReleaseConfig> read = new ArrayList<>();
        if (Files.notExists(file)) {
            problems.add(
                    Place.of(file.toString()),
                    "does not exist; go to the root of the repository, or write one to begin with: kpromo release init");
            problems.throwIfAny();
        }
        YamlReader.read(
                file,
                file.toString(),
                problems,
                yaml -> new ConfigReader(yaml).config().ifPresent(read::add));
        if (read.isEmpty() && problems.isEmpty()) {
            problems.add(Place.of(file.toString()), "is empty; kpromo release init writes one to begin with");
        }
        problems.throwIfAny();
        return read.getFirst();
    }

    private Optional<ReleaseConfig> config() {
        if (!document.read()) {
            return Optional.empty();
        }
        return Optional.of(new ReleaseConfig(
                repository.get(),
                forge.maybe(),
                branch.or(MAIN),
                images.or(List.of()),
                signer.maybe(),
                versions.maybe(),
                tracking.or(TrackingReader.Written.nothing()).of(repository.get()),
                canaries.or(List.of()),
                promotion.maybe(),
                job.maybe().map(written -> written.of(repository.get(), branch.or(MAIN))),
                rollouts(),
                page.or(new ReleasePage(TITLE, List.of(), List.of(), Optional.empty())),
                announcement.or(AnnouncementReader.Written.nothing()).of(repository.get())));
    }

    private List<RolloutTarget> rollouts() {
        List<RolloutTarget> all = new ArrayList<>();
        for (PromotionReader.WrittenRollout written : rollout.or(List.of())) {
            written.of(images.or(List.of()))
                    .ifPresentOrElse(
                            all::add,
                            () -> values.yaml()
                                    .problem(
                                            written.place(),
                                            "a rollout without image; add image: … with the production image that it is"
                                                    + " about"));
        }
        return all;
    }

    private Optional<ReleasePage> page() {
        Section section = new Section(values, "a release page");
        Field<Template> title = section.template("title", Names.TITLE);
        Field<List<String>> assets = section.list("assets", Values::pattern);
        Field<List<String>> sboms = section.list("sboms", Values::pattern);
        Field<String> key = section.text("key");
        return section.read()
                ? Optional.of(new ReleasePage(title.or(TITLE), assets.or(List.of()), sboms.or(List.of()), key.maybe()))
                : Optional.empty();
    }
}
