// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.steps;

import io.kpromo.forge.Author;
import io.kpromo.forge.Forge;
import io.kpromo.forge.Issue;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.git.GitRepository;
import io.kpromo.forge.git.WorkTree;
import io.kpromo.images.run.ObserverOptions;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.release.announce.Messenger;
import io.kpromo.release.config.Canary;
import io.kpromo.release.config.ReleaseConfig;
import io.kpromo.release.job.JobAccess;
import io.kpromo.release.version.Version;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.StoreLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A forge, a registry, a clone of what is released, and the people and jobs that do their part.
final class ReleaseWorld implements AutoCloseable {
    static final Slug TOOL = Slug.of("team/tool");
    static final Slug MANIFESTS = Slug.of("org/manifests");
    static final Slug DEPLOY = Slug.of("org/deploy");
    private static final String DISCUSSION = """
            - discussion:
                category: Announcements
        """;
    private static final Author SOMEBODY = new Author("Ann", "ann@example.com");

    final Registry registry;
    final Site site;
    final Forge forge;
    final List<String> messages = new ArrayList<>();
    private final Path folder;
    private List<SourceFile> saved = List.of();
    private Version version = Version.of("v1.2.0");
    private final Registries registries;
    private final HttpTransport transport;
    private final SampleImage image =
            SampleImage.image().platforms("linux/amd64", "linux/arm64").seed(7).build();

    /// @param site closed with this
    ReleaseWorld(Path folder, Site site) throws IOException, InterruptedException {
        this.folder = folder;
        this.site = site;
        this.forge = site.forge();
        this.registry = Registry.open(RegistryOptions.in(folder.resolve("registry")));
        this.transport = HttpTransport.open(TransportOptions.standard());
        this.registries = new Registries(transport);
        begin();
    }

    private void begin() throws InterruptedException {
        Path origin = site.createForGit(
                TOOL,
                List.of(
                        SourceFile.of("VERSION", "1.1.0\n"),
                        SourceFile.of("dependencies.yaml", """
                            dependencies:
                              - name: tool
                                version: 1.1.0
                                refPaths:
                                  - path: VERSION
                            """),
                        SourceFile.of("dist/tool.tar.gz", "not really"),
                        SourceFile.of("release.yaml", config())));
        site.create(MANIFESTS, List.of(SourceFile.of("prod/manifests/tool/promoter-manifest.yaml", """
            registries:
            - name: %1$s/staging
              src: true
            - name: %1$s/eu
            - name: %1$s/us
            """.formatted(
                        registry.host()))));
        site.fork(MANIFESTS);
        site.create(DEPLOY, List.of(SourceFile.of("app.yaml", "image: " + registry.host() + "/eu/tool:v1.1.0-2\n")));
        WorkTree.clone(origin, tree()).close();
        try (GitRepository there = GitRepository.around(tree()).orElseThrow()) {
            forge.sources(TOOL)
                    .createTag(new RefName("v1.1.0"), there.head().orElseThrow(), "tool v1.1.0", Optional.empty());
        }
    }

    private String config() {
        return """
            repository: team/tool
            images:
              - staging: %1$s/staging/tool
                production: %1$s/eu/tool
                platforms: [linux/amd64, linux/arm64]
            versions:
              entries:
                - name: tool
            promotion:
              repository: org/manifests
              manifests: prod
              project: tool
            rollout:
              - repository: org/deploy
                paths: [app.yaml]
            release:
              assets: [dist/*.tar.gz]
            announce:
              channels:
                - slack:
                    webhook: SLACK_WEBHOOK
            """.formatted(registry.host()) + (site.hasDiscussions() ? DISCUSSION : "");
    }

    Path tree() {
        return folder.resolve("tree");
    }

    /// The steps, as somebody sees them who starts anew.
    ///
    /// @param seen the forge, as these see it
    Steps steps(Forge seen, GitRepository git) {
        ReleaseConfig config = ReleaseConfig.read(tree().resolve("release.yaml"));
        ThisRelease release = new ThisRelease(config, version, tree());
        return Steps.of(
                release,
                new Means(
                        seen,
                        registries,
                        ObserverOptions.standard(),
                        new Attachments(registries, new BlobIndex(), StoreLimits.standard(), InstantSource.system()),
                        new JobAccess(transport, Optional.empty()),
                        Optional.of(git),
                        Optional.of(SOMEBODY),
                        (from, tag) -> forge.sources(TOOL)
                                .createTag(tag, from.tag(tag).orElseThrow(), "pushed", Optional.of(SOMEBODY)),
                        (from, to) -> "Changes since " + from.orElseThrow() + "\n",
                        Optional.empty(),
                        Optional.empty(),
                        new NoCanaries(),
                        _ -> messenger(),
                        Time.system()));
    }

    private Messenger messenger() {
        return (title, text) -> messages.add(title + "\n" + text);
    }

    private record NoCanaries() implements Means.Canaries {
        @Override
        public List<String> unverified(Canary canary) {
            return List.of();
        }

        @Override
        public void promote(Canary canary) {
            throw new IllegalStateException("there are no canaries");
        }
    }

    /// What a step is done in: through a forge that may fail.
    interface Deed<T> {
        T with(Steps steps) throws InterruptedException;
    }

    <T> T doing(Forge seen, Deed<T> deed) throws InterruptedException {
        try (GitRepository git = GitRepository.around(tree()).orElseThrow()) {
            return deed.with(steps(seen, git));
        }
    }

    Standing look(String id) throws InterruptedException {
        return doing(forge, steps -> steps.find(id).orElseThrow().look());
    }

    /// Commits what was bumped, and pushes it.
    void commit() {
        try (WorkTree git = WorkTree.in(tree())) {
            site.pushed(TOOL, git.commit("Release Prep", SOMEBODY), files());
        }
    }

    private List<SourceFile> files() {
        List<SourceFile> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(tree())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = tree().relativize(file).toString();
                if (!path.startsWith(".git/")) {
                    all.add(SourceFile.of(path, Files.readString(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /// From now on another version is released.
    void version(String text) {
        version = Version.of(text);
    }

    /// What the build does.
    void stage() {
        image.pushTo(registry, "staging/tool", "v1.2.0-0");
    }

    /// What the job does that promotes.
    void promote() {
        image.pushTo(registry, "eu/tool", "v1.2.0-0");
        image.pushTo(registry, "us/tool", "v1.2.0-0");
    }

    /// Merges the open pull requests of a repository, as its maintainers do.
    void merge(Slug repository) throws InterruptedException {
        for (PullRequest request : requests(repository)) {
            if (request.state() == PullRequest.State.OPEN) {
                site.merge(repository, request.number());
            }
        }
    }

    List<PullRequest> requests(Slug repository) throws InterruptedException {
        List<PullRequest> all = new ArrayList<>();
        for (long number = 1; number < 20; number++) {
            forge.pullRequests(repository).get(number).ifPresent(all::add);
        }
        return all;
    }

    Issue issue() throws InterruptedException {
        List<Issue> all = forge.issues(TOOL).titled("Release team/tool@v1.2.0");
        if (all.size() != 1) {
            throw new IllegalStateException(all.size() + " tracking issues");
        }
        return all.getFirst();
    }

    /// Keeps all that the forge and the files of the work tree hold, to come back to it. Steps commit nothing, and
    /// make no new files.
    void save() {
        site.save();
        saved = files();
    }

    void restore() {
        site.restore();
        try {
            for (SourceFile file : saved) {
                Files.write(tree().resolve(file.path()), file.bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        messages.clear();
    }

    @Override
    public void close() {
        site.close();
        registries.close();
        registry.close();
    }
}
