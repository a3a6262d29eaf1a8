// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewPullRequest;
import io.kpromo.forge.PullRequest;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.folder.FolderForge;
import io.kpromo.forge.git.WorkTree;
import io.kpromo.registry.Registry;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps of `quickstart --release`: a release from its tracking issue to its announcement. The forge is a folder;
/// what people and the build do, the tour does for them.
final class ReleaseTour {
    private static final int STEPS = 9;
    private static final String VERSION = "v1.2.0";
    private static final Slug TOOL = Slug.of("team/hello");
    private static final Slug MANIFESTS = Slug.of("org/manifests");
    private static final Slug CLUSTER = Slug.of("org/cluster");
    private static final RefName MAIN = new RefName("main");
    private static final Author DEVELOPER = new Author("Dev", "dev@example.com");

    private final TourGuide guide;
    private final Folder folder;
    private final Registry registry;
    private final FolderForge forge;
    private final Path tree;
    private final String key;

    ReleaseTour(Root root, Folder folder, Registry registry) throws IOException {
        this.guide = new TourGuide(root, STEPS);
        this.folder = folder;
        this.registry = registry;
        Path place = Files.createDirectories(folder.path().resolve("forge"));
        this.forge = new FolderForge(place, TourGuide.ACCOUNT, InstantSource.system());
        this.tree = folder.path().resolve("hello");
        this.key = folder.path().resolve("tour").toString();
    }

    void walk() throws IOException, InterruptedException {
        begin();
        guide.step("Where does it stand? Nothing is remembered: every step is looked up in the forge, in git, in"
                + " registries.");
        release(ExitCode.DONE, "show", VERSION);
        guide.step("Begin. The run opens the tracking issue, writes the version where it belongs, and stops: a person"
                + " commits.");
        release(ExitCode.FAILED, "run", VERSION, "--confirm", "--wait", "0s");
        guide.step("You commit and push. The run goes on: tag, draft with notes and assets; then it waits for the"
                + " build.");
        commit();
        release(ExitCode.FAILED, "run", VERSION, "--confirm", "--wait", "0s");
        guide.step("The build puts the image into staging. The run opens the promotion pull request.");
        SampleImage.image()
                .platforms("linux/amd64", "linux/arm64")
                .layers(2)
                .layerSize(100_000)
                .seed(12)
                .build()
                .pushTo(registry, "staging/hello", VERSION + "-0");
        guide.kpromo(ExitCode.DONE, "ls", registry.host() + "/staging/hello");
        release(ExitCode.FAILED, "run", VERSION, "--confirm", "--wait", "0s");
        guide.step("A reviewer merges it, and the job promotes: that is kpromo cip, over the manifests that were"
                + " merged.");
        merge(MANIFESTS);
        job();
        guide.step("Is it there, in every destination, signed and recorded? Then go on: publish, and ask those who use"
                + " it to take the new one.");
        release(ExitCode.DONE, "status", VERSION);
        release(ExitCode.FAILED, "run", VERSION, "--confirm", "--wait", "0s");
        guide.step("They merge as well. The rest is telling people, once.");
        merge(CLUSTER);
        release(ExitCode.DONE, "run", VERSION, "--confirm");
        guide.step("Look at the tracking issue: each step has ticked its box.");
        forge.issues(TOOL)
                .titled("Release " + TOOL + "@" + VERSION)
                .getFirst()
                .body()
                .lines()
                .forEach(line -> guide.line("    " + line));
        guide.line("");
        guide.line(
                folder.stays()
                        ? "Everything is in " + folder.path() + ": forge/ stands for GitHub, hello/ is the work tree."
                        : "All of it goes away now. kpromo quickstart --release --keep DIR keeps it.");
        guide.line("Next: kpromo release init in your repository, docs/release-process.md");
    }

    private void begin() throws IOException, InterruptedException {
        guide.step("A forge in a folder, a registry, a repository to release, and what it says about its releases:"
                + " release.yaml.");
        guide.shown(
                "kpromo registry serve --dir " + folder.path().resolve("registry") + " --listen " + registry.host());
        guide.kpromo(ExitCode.DONE, "keys", "generate", "--output", key);
        forge.create(TOOL, files());
        forge.create(MANIFESTS, List.of(SourceFile.of("prod/manifests/hello/promoter-manifest.yaml", """
            registries:
            - name: %1$s/staging
              src: true
            - name: %1$s/eu
            - name: %1$s/us
            """.formatted(
                        registry.host()))));
        forge.fork(MANIFESTS, TourGuide.ACCOUNT);
        forge.create(
                CLUSTER, List.of(SourceFile.of("hello.yaml", "image: " + registry.host() + "/eu/hello:v1.1.0-0\n")));
        CommitId first = forge.sources(TOOL).branch(MAIN).orElseThrow();
        forge.sources(TOOL).createTag(new RefName("v1.1.0"), first, "hello v1.1.0", Optional.empty());
        change();
        WorkTree.clone(Path.of(forge.address(TOOL)), tree).close();
        guide.faint(tree.resolve("release.yaml").toString());
        Files.readString(tree.resolve("release.yaml")).lines().forEach(line -> guide.line("    " + line));
    }

    /// What the release brings.
    private void change() throws InterruptedException {
        RefName branch = new RefName("faster");
        forge.commit(
                TOOL, branch, List.of(SourceFile.of("hello.txt", "Hello, world!\n")), "Say hello faster", DEVELOPER);
        PullRequest request =
                forge.pullRequests(TOOL).create(new NewPullRequest(TOOL, branch, MAIN, "Say hello faster", """
                    What it is for.

                    ```release-note
                    Hello is said twice as fast.
                    ```
                    """));
        forge.label(TOOL, request.number(), List.of("kind/feature"));
        forge.merge(TOOL, request.number());
    }

    private List<SourceFile> files() {
        return List.of(
                SourceFile.of("VERSION", "1.1.0\n"),
                SourceFile.of("hello.txt", "Hello!\n"),
                SourceFile.of("dependencies.yaml", """
                    dependencies:
                      - name: hello
                        version: 1.1.0
                        refPaths:
                          - path: VERSION
                    """),
                SourceFile.of("release.yaml", """
                    repository: team/hello
                    images:
                      - staging: %1$s/staging/hello
                        production: %1$s/eu/hello
                        platforms: [linux/amd64, linux/arm64]
                    signer:
                      key: %2$s.pub
                    versions:
                      entries:
                        - name: hello
                    promotion:
                      repository: org/manifests
                      manifests: prod
                      project: hello
                    rollout:
                      - repository: org/cluster
                        paths: [hello.yaml]
                    release:
                      assets: [hello.txt]
                      key: %2$s.key
                    announce:
                      channels:
                        - discussion:
                            category: Announcements
                    """.formatted(registry.host(), key)));
    }

    private void release(ExitCode wanted, String... words) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of("release"));
        all.addAll(List.of(words));
        all.addAll(List.of(
                "--base-path",
                tree.toString(),
                "--forge",
                "folder=" + folder.path().resolve("forge")));
        guide.kpromo(wanted, all.toArray(String[]::new));
    }

    private void commit() {
        guide.shown("git commit --all --message 'Release " + VERSION + "' && git push");
        try (WorkTree git = WorkTree.in(tree)) {
            git.commit("Release " + VERSION, DEVELOPER);
        }
    }

    /// What maintainers do on the forge's pages.
    private void merge(Slug repository) throws InterruptedException {
        // No forge of a tour has more.
        for (long number = 1; number < 5; number++) {
            Optional<PullRequest> open = forge.pullRequests(repository)
                    .get(number)
                    .filter(request -> request.state() == PullRequest.State.OPEN);
            if (open.isPresent()) {
                forge.merge(repository, number);
                guide.faint("merged #" + number + " of " + repository + ": "
                        + open.get().title());
            }
        }
    }

    private void job() throws InterruptedException {
        Path clone = folder.path().resolve("manifests");
        WorkTree.clone(Path.of(forge.address(MANIFESTS)), clone).close();
        guide.kpromo(
                ExitCode.DONE,
                "cip",
                "--thin-manifest-dir",
                clone.resolve("prod").toString(),
                "--key",
                key + ".key",
                "--confirm");
    }
}
