// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.Forge;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.folder.FolderForge;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.run.ObserverOptions;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A forge with a repository of manifests and a fork of it, and a staging registry.
final class Workshop implements AutoCloseable {
    static final Slug HOME = Slug.of("kubernetes/k8s.io");
    static final RefName MAIN = new RefName("main");
    static final String IMAGES = "registry.k8s.io/images/k8s-staging-app/images.yaml";
    static final SampleImage ONE = SampleImage.image().seed(1).build();
    static final SampleImage TWO = SampleImage.image().seed(2).build();
    static final Author ALICE = new Author("Alice", "alice@example.com");

    final FolderForge forge;
    final Slug fork;
    final Registry staging;
    final CommitId begin;
    final List<String> said = new ArrayList<>();
    private final Registries registries;
    private final boolean google;

    Workshop(Path folder) throws IOException, InterruptedException {
        this(folder, options -> options);
    }

    /// @param registry what kind of registry staging is
    Workshop(Path folder, UnaryOperator<RegistryOptions> registry) throws IOException, InterruptedException {
        Path forges = Files.createDirectories(folder.resolve("forge"));
        RegistryOptions options = registry.apply(RegistryOptions.in(folder.resolve("staging")));
        this.google = options.features().contains(Feature.GOOGLE_LISTING);
        this.staging = Registry.open(options);
        this.registries = new Registries(HttpTransport.open(TransportOptions.standard()));
        this.forge = new FolderForge(forges, "alice", InstantSource.system());
        this.begin = forge.create(HOME, files());
        this.fork = forge.fork(HOME, "alice");
        ONE.pushTo(staging, "stage-app/app", "v1.0.0", "latest");
        TWO.pushTo(staging, "stage-app/app", "v1.1.0");
        TWO.pushTo(staging, "stage-app/tools/cli", "v1.1.0");
        TWO.pushTo(staging, "stage-app/mock/app", "v1.1.0");
        ONE.pushTo(staging, "stage-app/other", "v0.9.0");
        TWO.pushTo(staging, "elsewhere/app", "v1.1.0");
        staging.resetCounts();
    }

    /// What the repository of manifests begins with.
    List<SourceFile> files() {
        return List.of(
                manifest("a-broken", "registries: nothing\n"),
                manifest("k8s-staging-app", promoter("app")),
                manifest("k8s-staging-zzz", promoter("app")),
                SourceFile.of("README.md", "Manifests\n"),
                images("# Ask the team\n- name: app\n  dmap:\n    \"%s\": [ \"v1.0.0\" ]\n".formatted(ONE.digest())));
    }

    static SourceFile manifest(String folder, String text) {
        return SourceFile.of("registry.k8s.io/manifests/" + folder + "/promoter-manifest.yaml", text);
    }

    static SourceFile images(String text) {
        return SourceFile.of(IMAGES, text);
    }

    private String promoter(String project) {
        return "registries:\n- name: " + staging.host() + "/stage-" + project + "\n  src: true\n- name: prod.example/"
                + project + "\n";
    }

    PromotionRequest request(String... tags) {
        return PromotionRequest.of(
                        fork,
                        "app",
                        RegistryName.parse(staging.host() + "/stage-app"),
                        Stream.of(tags).map(Tag::new).toList())
                .withReviewers("@team");
    }

    PromotionPullRequest opening() {
        return opening(forge);
    }

    PromotionPullRequest opening(Forge through) {
        ObserverOptions options = ObserverOptions.standard();
        return new PromotionPullRequest(
                through,
                new Staging(registries, google ? options.withListing(Set.of(staging.host())) : options),
                ManifestHome.kubernetes(),
                ALICE,
                new PromotionLog() {
                    @Override
                    public void info(String message) {
                        said.add(message);
                    }

                    @Override
                    public void warning(String message) {
                        said.add("warning: " + message);
                    }
                });
    }

    /// What the branch of a request holds as `images.yaml`.
    String proposed(PromotionRequest request) throws InterruptedException {
        CommitId head = forge.sources(fork).branch(request.branch()).orElseThrow();
        return forge.sources(fork).file(head, IMAGES).orElseThrow().text();
    }

    List<String> branches() throws InterruptedException {
        List<String> there = new ArrayList<>();
        for (String tag : List.of("v1.1.0", "v1.0.0")) {
            RefName name = new RefName("app-" + tag + "-image-promotion");
            if (forge.sources(fork).branch(name).isPresent()) {
                there.add(name.text());
            }
        }
        return there;
    }

    @Override
    public void close() {
        registries.close();
        staging.close();
    }
}
