// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;
import io.kpromo.release.config.PullRequestSettings;
import io.kpromo.release.pr.ManifestHome;
import io.kpromo.release.pr.PromotionRequest;
import io.kpromo.release.text.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The flags that say what shall be promoted, and where that is asked for.
final class PrFlags {
    private static final String PROJECT = "kubernetes";
    private static final String REVIEWERS = "@kubernetes/release-engineering";
    private static final String STAGING = "gcr.io/k8s-staging-";
    private static final Path USUAL_FILE = Path.of(".kpromo.yaml");

    private final List<String> tags = new ArrayList<>();
    private final List<String> images = new ArrayList<>();
    private final List<String> digests = new ArrayList<>();
    private String fork = "";
    private String project = "";
    private String staging = "";
    private String reviewers = "";
    private String note = "";
    private String repository = "";
    private String base = "";
    private Optional<String> folder = Optional.empty();
    private Optional<Path> file = Optional.empty();
    private boolean updateRepo = true;
    private boolean force;

    void describe(Flags flags) {
        flags.section("What to promote")
                .texts("-t,--tag", "TAG", "Promote the images that carry this tag; or several, with commas.", tags)
                .text("--project", "NAME", "The project. Default: " + PROJECT + ".", name -> project = name)
                .text(
                        "--staging-repo",
                        "REGISTRY",
                        "Where its images are. Default: gcr.io/k8s-staging-PROJECT.",
                        name -> staging = name)
                .texts("--image", "NAME", "Only the image of this name below the staging registry.", images)
                .texts("--digests", "DIGEST", "Only images of this digest.", digests)
                .section("The pull request")
                .text("--fork", "USER", "Whose fork gets the branch: USER or USER/REPOSITORY.", name -> fork = name)
                .text(
                        "--reviewers",
                        "NAMES",
                        "Who is asked to look at it. Default: " + REVIEWERS + ".",
                        names -> reviewers = names)
                .text("--note", "MARKDOWN", "More text: a link to the release, or to a job.", text -> note = text)
                .toggle(
                        "--force",
                        false,
                        "Replace the branch if there is one, and update its pull request.",
                        on -> force = on)
                .toggle(
                        "--update-repo",
                        true,
                        "Begin at the newest manifests; without it, at those that the fork has.",
                        on -> updateRepo = on)
                .section("Where manifests are")
                .text("--repo", "OWNER/NAME", "The repository. Default: kubernetes/k8s.io.", name -> repository = name)
                .text("--base", "BRANCH", "The branch of it. Default: main.", name -> base = name)
                .text(
                        "--manifest-dir",
                        "DIR",
                        "The folder of it with manifests/ and images/. Default: registry.k8s.io.",
                        path -> folder = Optional.of(path))
                .file(
                        "--config",
                        "FILE",
                        "Where other defaults for all of these stand. Default: .kpromo.yaml, if it is there.",
                        path -> file = Optional.of(path));
    }

    /// What the file says that goes with the flags.
    PullRequestSettings settings() {
        Optional<Path> found = file.or(() -> Optional.of(USUAL_FILE).filter(Files::exists));
        return found.map(PullRequestSettings::read).orElseGet(PullRequestSettings::none);
    }

    ManifestHome home(PullRequestSettings settings) {
        ManifestHome usual = ManifestHome.kubernetes();
        return new ManifestHome(
                given(repository).map(Slug::of).or(settings::repository).orElse(usual.repository()),
                given(base).map(RefName::new).or(settings::base).orElse(usual.base()),
                folder.map(PullRequestSettings::folder).or(settings::manifests).orElse(usual.folder()),
                settings.title().orElse(usual.title()),
                settings.body().orElse(usual.body()));
    }

    /// @throws UsageException when something is missing
    PromotionRequest request(PullRequestSettings settings, ManifestHome home) {
        String user = given(fork)
                .or(settings::fork)
                .orElseThrow(
                        () -> new UsageException("--fork is needed: whose fork of " + home.repository() + " to use"));
        if (words(tags).isEmpty()) {
            throw new UsageException("--tag is needed: which images to promote");
        }
        String name = given(project).or(settings::project).orElse(PROJECT);
        RegistryName registry = given(staging)
                .map(RegistryName::parse)
                .or(settings::staging)
                .orElseGet(() -> RegistryName.parse(STAGING + name));
        return new PromotionRequest(
                user.contains("/")
                        ? Slug.of(user)
                        : new Slug(user, home.repository().name()),
                name,
                registry,
                words(tags).stream().map(Tag::new).distinct().toList(),
                new LinkedHashSet<>(words(images)),
                new LinkedHashSet<>(words(digests).stream().map(Digest::parse).toList()),
                given(reviewers).or(settings::reviewers).orElse(REVIEWERS),
                note,
                force,
                !updateRepo);
    }

    /// The command line that does the same anywhere: with what the file says, and without what is as usual.
    String command(PromotionRequest request, ManifestHome home, boolean interactive) {
        ManifestHome usual = ManifestHome.kubernetes();
        Slug user = request.fork();
        boolean namesake = user.name().equals(home.repository().name());
        StringBuilder line = new StringBuilder("kpromo pr");
        add(line, "--fork", List.of(namesake ? user.owner() : user.toString()), Words::shell);
        line.append(interactive ? " --interactive" : "");
        unless(PROJECT, line, "--project", request.project(), Words::shell);
        unless(
                STAGING + request.project(),
                line,
                "--staging-repo",
                request.staging().toString(),
                Words::shell);
        unless(REVIEWERS, line, "--reviewers", request.reviewers(), PrFlags::inQuotes);
        add(line, "--tag", words(tags), Words::shell);
        add(line, "--image", words(images), Words::shell);
        add(line, "--digests", words(digests), Words::shell);
        unless(usual.repository().toString(), line, "--repo", home.repository().toString(), Words::shell);
        unless(usual.base().toString(), line, "--base", home.base().toString(), Words::shell);
        String below = home.folder().isEmpty() ? "." : home.folder();
        unless(usual.folder(), line, "--manifest-dir", below, Words::shell);
        return line.toString();
    }

    private static void unless(
            String usual, StringBuilder line, String flag, String value, Function<String, String> quoting) {
        add(line, flag, List.of(value.equals(usual) ? "" : value), quoting);
    }

    private static void add(StringBuilder line, String flag, List<String> values, Function<String, String> quoting) {
        values.stream()
                .filter(value -> !value.isEmpty())
                .forEach(value -> line.append(' ').append(flag).append(' ').append(quoting.apply(value)));
    }

    /// As people are used to see it, where a shell reads that as it stands.
    private static String inQuotes(String text) {
        boolean plain = text.chars().noneMatch(c -> "\"$`\\!".indexOf(c) >= 0);
        return plain ? '"' + text + '"' : Words.shell(text);
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }

    private static List<String> words(List<String> texts) {
        return texts.stream()
                .flatMap(text -> List.of(text.split(",", -1)).stream())
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
