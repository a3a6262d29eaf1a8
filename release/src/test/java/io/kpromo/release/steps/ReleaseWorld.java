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
import io.kpromo.forge.folder.FolderForge;
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
import io.kpromo.release.version.Version;
import io.kpromo.trust.store.Attachments;
import io.kpromo.trust.store.StoreLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A forge in a folder, a registry, a clone of what is released, and the people and jobs that do their part.
final class ReleaseWorld implements AutoCloseable {
    static final Slug TOOL = Slug.of("team/tool");
    static final Slug MANIFESTS = Slug.of("org/manifests");
    static final Slug DEPLOY = Slug.of("org/deploy");
    private static final Author SOMEBODY = new Author("Ann", "ann@example.com");

    final Registry registry;
    final FolderForge forge;
    final List<String> messages = new ArrayList<>();
    private final Path folder;
    private Version version = Version.of("v1.2.0");
    private final Registries registries;
    private final HttpTransport transport;
    private final SampleImage image =
            SampleImage.image().platforms("linux/amd64", "linux/arm64").seed(7).build();

    ReleaseWorld(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.registry = Registry.open(RegistryOptions.in(folder.resolve("registry")));
        this.transport = HttpTransport.open(TransportOptions.standard());
        this.registries = new Registries(transport);
        Files.createDirectories(folder.resolve("state/forge"));
        this.forge = new FolderForge(folder.resolve("state/forge"), "ann", InstantSource.system());
        begin();
    }

    private void begin() throws InterruptedException {
        forge.create(
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
        forge.create(MANIFESTS, List.of(SourceFile.of("prod/manifests/tool/promoter-manifest.yaml", """
            registries:
            - name: %1$s/staging
              src: true
            - name: %1$s/eu
            - name: %1$s/us
            """.formatted(
                        registry.host()))));
        forge.fork(MANIFESTS, "ann");
        forge.create(DEPLOY, List.of(SourceFile.of("app.yaml", "image: " + registry.host() + "/eu/tool:v1.1.0-2\n")));
        WorkTree.clone(Path.of(forge.address(TOOL)), tree()).close();
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
                - discussion:
                    category: Announcements
            """.formatted(registry.host());
    }

    Path tree() {
        return folder.resolve("state/tree");
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
                        transport,
                        Optional.of(git),
                        Optional.of(SOMEBODY),
                        (_, _) -> {
                            throw new IllegalStateException("this git signs nothing");
                        },
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
            git.commit("Release Prep", SOMEBODY);
        }
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
                forge.merge(repository, request.number());
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

    Set<String> branches(Slug repository) {
        try (GitRepository git = GitRepository.bare(Path.of(forge.address(repository)))) {
            Set<String> names = new TreeSet<>();
            git.branches().forEach(name -> names.add(name.text()));
            return names;
        }
    }

    /// Keeps all that forge and work tree hold, to come back to it.
    void save() {
        delete(folder.resolve("saved"));
        copy(folder.resolve("state"), folder.resolve("saved"));
    }

    void restore() {
        delete(folder.resolve("state"));
        copy(folder.resolve("saved"), folder.resolve("state"));
        messages.clear();
    }

    /// Brings the forge back alone: what was pushed since then is here only.
    void forgetPush() {
        delete(folder.resolve("state/forge"));
        copy(folder.resolve("saved/forge"), folder.resolve("state/forge"));
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        registries.close();
        registry.close();
    }
}
