// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.http.Kind;
import io.kpromo.registry.Counts;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.registry.store.RepositoryFolder;
import io.kpromo.trust.sigstore.SampleBuilder;
import io.kpromo.trust.statement.PredicateTypes;
import io.kpromo.trust.store.Attachments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A staging registry with some images and two empty mirrors that take whatever they are given, complete or not:
/// what a mistake in the order of writes would leave behind, they keep.
final class Stage implements AutoCloseable {
    private static final Set<Kind> READS = EnumSet.of(
            Kind.PING,
            Kind.TOKEN,
            Kind.HEAD_MANIFEST,
            Kind.GET_MANIFEST,
            Kind.LIST_TAGS,
            Kind.CATALOGUE,
            Kind.REFERRERS,
            Kind.HEAD_BLOB,
            Kind.GET_BLOB);

    private final Map<String, SampleImage> images;
    private final Path folder;
    private final Registry staging;
    private final List<Registry> mirrors;
    private String policy = "";

    private Stage(Map<String, SampleImage> images, Path folder, Registry staging, List<Registry> mirrors) {
        this.images = images;
        this.folder = folder;
        this.staging = staging;
        this.mirrors = mirrors;
    }

    static Map<String, SampleImage> images(int count) {
        Map<String, SampleImage> images = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            images.put(
                    "image-" + i,
                    SampleImage.image()
                            .platforms("linux/amd64", "linux/arm64")
                            .layers(3)
                            .sharedLayers(1)
                            .layerSize(20_000)
                            .seed(i)
                            .build());
        }
        return images;
    }

    static Stage open(Path folder, Map<String, SampleImage> images) throws IOException {
        Registry staging = Registry.open(RegistryOptions.in(folder.resolve("staging")));
        List<Registry> mirrors = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            mirrors.add(Registry.open(
                    RegistryOptions.in(folder.resolve("mirror-" + i)).without(Feature.CONTENT_CHECKS)));
        }
        images.forEach((name, image) -> image.pushTo(staging, "staging/" + name));
        return new Stage(images, folder, staging, mirrors);
    }

    /// From now on the manifest has a policy, which all images meet.
    void attested(SampleBuilder builder) throws InterruptedException {
        policy = SampleBuilder.POLICY;
        for (Map.Entry<String, SampleImage> image : images.entrySet()) {
            builder.attest(
                    new Repository(staging.host(), "staging/" + image.getKey()),
                    image.getValue().digest(),
                    SampleBuilder.BUILDER);
        }
    }

    Path manifest() throws IOException {
        StringBuilder yaml = new StringBuilder("registries:\n- name: " + staging.host() + "/staging\n  src: true\n");
        mirrors.forEach(mirror -> yaml.append("- name: " + mirror.host() + "/prod\n"));
        yaml.append(policy).append("images:\n");
        images.forEach((name, image) ->
                yaml.append("- name: %s\n  dmap:\n    \"%s\": [\"1.0\", latest]\n".formatted(name, image.digest())));
        return Files.writeString(folder.resolve("manifest.yaml"), yaml);
    }

    Registry staging() {
        return staging;
    }

    List<Registry> mirrors() {
        return mirrors;
    }

    List<Registry> registries() {
        List<Registry> all = new ArrayList<>(mirrors);
        all.addFirst(staging);
        return all;
    }

    void assertNothingIncomplete(String when) {
        for (Registry mirror : mirrors) {
            assertThat(mirror.audit()).as(when).isEmpty();
        }
    }

    void assertAllInPlace(String when) throws IOException {
        assertNothingIncomplete(when);
        for (Registry mirror : mirrors) {
            assertThat(mirror.folder().repositories())
                    .as(when)
                    .containsExactlyElementsOf(
                            images.keySet().stream().map(name -> "prod/" + name).toList());
            for (Map.Entry<String, SampleImage> image : images.entrySet()) {
                var repository = mirror.folder().repository("prod/" + image.getKey());
                List<String> tags = repository.tags().stream()
                        .filter(tag -> !tag.endsWith(".sig"))
                        .toList();
                assertThat(tags).as(when).containsExactly("1.0", "latest");
                for (String tag : tags) {
                    assertThat(repository.tag(new Tag(tag)))
                            .as(when)
                            .contains(image.getValue().digest());
                }
            }
        }
    }

    /// Asserts that the first mirror holds one signature of each form and one summary for every manifest, and one
    /// record and what was attested in staging for every image.
    void assertProvenOnce(String when) throws IOException {
        Registry canonical = mirrors.getFirst();
        for (Map.Entry<String, SampleImage> image : images.entrySet()) {
            RepositoryFolder repository = canonical.folder().repository("prod/" + image.getKey());
            for (RawManifest manifest : image.getValue().manifests()) {
                boolean root = manifest.digest().equals(image.getValue().digest());
                assertThat(attached(canonical, repository, manifest.digest()))
                        .as(when + ", " + image.getKey() + "@" + manifest.digest())
                        .containsExactlyInAnyOrderElementsOf(
                                root
                                        ? List.of(
                                                "tag",
                                                PredicateTypes.SIGNATURE,
                                                PredicateTypes.PROVENANCE_1,
                                                PredicateTypes.VERIFICATION_SUMMARY,
                                                PredicateTypes.PROMOTION_RECORD)
                                        : List.of(
                                                "tag", PredicateTypes.SIGNATURE, PredicateTypes.VERIFICATION_SUMMARY));
            }
        }
    }

    private static List<String> attached(Registry registry, RepositoryFolder repository, Digest subject)
            throws IOException {
        List<String> all = new ArrayList<>();
        for (Digest referrer : repository.referrers(subject)) {
            all.add(manifest(registry, repository, referrer)
                    .annotations()
                    .getOrDefault("dev.sigstore.bundle.predicateType", ""));
        }
        Optional<Digest> signatures = repository.tag(Attachments.signatureTag(subject));
        if (signatures.isPresent()) {
            manifest(registry, repository, signatures.get()).layers().forEach(layer -> all.add("tag"));
        }
        return all;
    }

    private static Manifest.Image manifest(Registry registry, RepositoryFolder repository, Digest digest)
            throws IOException {
        String type = repository.manifest(digest).orElseThrow().mediaType();
        byte[] bytes = registry.folder().contents().read(digest);
        return (Manifest.Image) Manifest.parse(new RawManifest(type, digest, bytes));
    }

    void resetCounts() {
        registries().forEach(Registry::resetCounts);
    }

    /// Asserts that since [#resetCounts] nobody wrote anything, and the staging registry was left alone.
    void assertNothingWritten(String when) {
        assertThat(staging.counts()).as(when).isEqualTo(Counts.none());
        for (Registry mirror : mirrors) {
            assertThat(mirror.counts().byKind().keySet()).as(when).isSubsetOf(READS);
        }
    }

    @Override
    public void close() {
        registries().forEach(Registry::close);
    }
}
