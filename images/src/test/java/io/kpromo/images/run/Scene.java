// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.run;

import io.kpromo.images.manifest.Manifests;
import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.CopyOptions;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A staging registry, some mirrors, and a manifest that wants what was staged on all of them.
final class Scene implements AutoCloseable {
    private final Path folder;
    private final List<Registry> all = new ArrayList<>();
    private final Map<String, Map<String, List<String>>> wanted = new LinkedHashMap<>();
    final Registry staging;
    final List<Registry> mirrors = new ArrayList<>();

    Scene(Path folder, int mirrors, Feature... without) throws IOException {
        this.folder = folder;
        this.staging = open("staging", without);
        for (int i = 0; i < mirrors; i++) {
            this.mirrors.add(open("mirror" + i, without));
        }
    }

    private Registry open(String name, Feature... without) throws IOException {
        Registry registry = Registry.open(RegistryOptions.in(folder.resolve(name))
                .with(Feature.GOOGLE_LISTING)
                .without(without));
        all.add(registry);
        return registry;
    }

    /// Puts an image into staging and wants it under these tags.
    Scene stage(String name, SampleImage image, String... tags) {
        image.pushTo(staging, "stage/" + name);
        return want(name, image, tags);
    }

    Scene want(String name, SampleImage image, String... tags) {
        wanted.computeIfAbsent(name, key -> new LinkedHashMap<>())
                .put(image.digest().toString(), List.of(tags));
        return this;
    }

    DesiredState desired() throws IOException {
        return DesiredState.of(manifests());
    }

    List<PromoterManifest> manifests() throws IOException {
        StringBuilder yaml = new StringBuilder("registries:\n- name: " + staging.host() + "/stage\n  src: true\n");
        mirrors.forEach(mirror -> yaml.append("- name: ").append(mirror.host()).append("/prod\n"));
        yaml.append("images:\n");
        wanted.forEach((name, digests) -> {
            yaml.append("- name: ").append(name).append("\n  dmap:\n");
            digests.forEach((digest, tags) -> yaml.append("    \"")
                    .append(digest)
                    .append("\": ")
                    .append(quoted(tags))
                    .append('\n'));
        });
        // In one step, for runs at the same time read it too.
        Path draft = Files.writeString(Files.createTempFile(folder, "manifest", ".draft"), yaml);
        Path file = Files.move(draft, folder.resolve("manifest.yaml"), StandardCopyOption.ATOMIC_MOVE);
        return Manifests.plain(file).all();
    }

    private static List<String> quoted(List<String> tags) {
        return tags.stream().map(tag -> '"' + tag + '"').toList();
    }

    Outcome promote() throws Exception {
        return run(PromotionOptions.standard().withConfirm(true));
    }

    Outcome run(PromotionOptions options) throws Exception {
        return run(options, TransportOptions.standard());
    }

    Outcome run(PromotionOptions options, TransportOptions transport) throws Exception {
        all.forEach(Registry::resetCounts);
        try (Registries registries = new Registries(HttpTransport.open(transport))) {
            return new Promotion(registries, options, PromotionListener.silent()).run(desired());
        }
    }

    static PromotionOptions confirmed() {
        return PromotionOptions.standard().withConfirm(true).with(CopyOptions.standard());
    }

    void resetCounts() {
        all.forEach(Registry::resetCounts);
    }

    @Override
    public void close() {
        all.forEach(Registry::close);
    }
}
