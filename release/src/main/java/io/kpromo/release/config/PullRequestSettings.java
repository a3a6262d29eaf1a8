// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.forge.ForgeAddress;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.release.pr.PromotionRequest;
import io.kpromo.release.text.Template;
import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `.kpromo.yaml` says of promotion pull requests; what it leaves out is as for Kubernetes. Read strictly:
///
/// ```yaml
/// pullRequest:
///   repository: example/manifests
///   base: main
///   manifests: registry.example.org
///   staging: gcr.io/example-staging
///   project: example
///   reviewers: "@example/release-team"
///   title: "Promote {{project}} {{tags}}"
/// ```
///
/// @param forge where the repository is, as `--forge` takes it
/// @param repository that holds the manifests
/// @param base the branch that pull requests go to
/// @param manifests the folder of the thin tree; empty for the root
/// @param staging the registry with the images
/// @param project for titles and branches
/// @param fork where branches go: `user` or `user/repository`
/// @param reviewers as the pull request names them
/// @param title of pull requests and commits
/// @param body of pull requests
public record PullRequestSettings(
        Optional<String> forge,
        Optional<Slug> repository,
        Optional<RefName> base,
        Optional<String> manifests,
        Optional<RegistryName> staging,
        Optional<String> project,
        Optional<String> fork,
        Optional<String> reviewers,
        Optional<Template> title,
        Optional<Template> body) {
    private static final Set<String> TITLE_NAMES = Set.of("project", "tags");
    private static final Set<String> BODY_NAMES = Set.of("title", "project", "tags", "command", "note", "reviewers");

    /// For who has no such file.
    public static PullRequestSettings none() {
        return new PullRequestSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// @throws io.kpromo.yaml.InvalidInputException with all that is wrong, and where
    public static PullRequestSettings read(Path file) {
        Problems problems = new Problems();
        List<PullRequestSettings> read = new ArrayList<>();
        YamlReader.read(file, file.toString(), problems, yaml -> {
            Values values = new Values(yaml);
            Section document = new Section(values, "the document");
            Field<PullRequestSettings> settings = document.key("pullRequest", _ -> settings(values));
            document.read();
            settings.maybe().ifPresent(read::add);
        });
        problems.throwIfAny();
        return read.isEmpty() ? none() : read.getFirst();
    }

    private static Optional<PullRequestSettings> settings(Values values) {
        Section section = new Section(values, "pullRequest");
        Field<String> forge = section.value("forge", PullRequestSettings::forge);
        Field<Slug> repository = section.value("repository", Slug::of);
        Field<RefName> base = section.value("base", RefName::new);
        Field<String> manifests = section.value("manifests", PullRequestSettings::folder);
        Field<RegistryName> staging = section.value("staging", RegistryName::parse);
        Field<String> project = section.value("project", PromotionRequest::project);
        Field<String> fork = section.value("fork", PromotionReader::fork);
        Field<String> reviewers = section.key("reviewers", values::line);
        Field<Template> title = section.key("title", key -> values.line(key, TITLE_NAMES));
        Field<Template> body = section.template("body", BODY_NAMES);
        section.read();
        return Optional.of(new PullRequestSettings(
                forge.maybe(),
                repository.maybe(),
                base.maybe(),
                manifests.maybe(),
                staging.maybe(),
                project.maybe(),
                fork.maybe(),
                reviewers.maybe(),
                title.maybe(),
                body.maybe()));
    }

    private static String forge(String text) {
        ForgeAddress.of(text); // refuses what is none, without repeating a password
        return text;
    }

    /// A folder of a repository as a person writes it: `.` and nothing at all are its root.
    ///
    /// @return without slashes around it
    /// @throws io.kpromo.oci.InvalidNameException when it leaves the repository
    public static String folder(String text) {
        return text.isEmpty() || text.equals(".") || text.equals("./")
                ? ""
                : SourcePath.of(text).text();
    }
}
