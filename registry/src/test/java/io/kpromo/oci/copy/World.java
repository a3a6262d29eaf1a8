// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.registry.store.RepositoryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A staging registry, mirrors, and one who copies between them.
final class World implements AutoCloseable {
    private final Path folder;
    private final List<Registry> registries = new ArrayList<>();
    private final Registries client =
            new Registries(HttpTransport.open(TransportOptions.standard().withTries(3)));
    private final Told told = new Told();
    final Registry staging;

    World(Path folder) throws IOException {
        this.folder = folder;
        this.staging = registry(options -> options);
    }

    Registry registry(UnaryOperator<RegistryOptions> shape) throws IOException {
        Path own = folder.resolve("registry-" + registries.size());
        Registry registry = Registry.open(shape.apply(RegistryOptions.in(own)));
        registries.add(registry);
        return registry;
    }

    List<Registry> mirrors(int count) throws IOException {
        List<Registry> mirrors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            mirrors.add(registry(options -> options));
        }
        return mirrors;
    }

    Registries client() {
        return client;
    }

    Told told() {
        return told;
    }

    static Repository at(Registry registry, String path) {
        return new Repository(registry.host(), path);
    }

    static Delivery to(Registry registry, String path, String... tags) {
        return new Delivery(
                at(registry, path), Arrays.stream(tags).map(Tag::new).toList());
    }

    /// An image that staging holds, and where it goes.
    CopyJob job(SampleImage image, String path, Delivery... deliveries) {
        image.pushTo(staging, path);
        return job(image.digest(), path, deliveries);
    }

    CopyJob job(Digest root, String path, Delivery... deliveries) {
        return new CopyJob(at(staging, path), root, List.of(deliveries));
    }

    void copy(CopyJob... jobs) throws InterruptedException {
        copy(CopyOptions.standard(), jobs);
    }

    void copy(CopyOptions options, CopyJob... jobs) throws InterruptedException {
        copy(options, told, jobs);
    }

    void copy(CopyOptions options, CopyListener listener, CopyJob... jobs) throws InterruptedException {
        new Copier(client, options, new SourceTrees(client.manifests()), new BlobIndex(), listener).copy(List.of(jobs));
    }

    /// What a mirror's tag points to is this image, down to the last byte.
    static void assertHolds(Registry mirror, String path, String tag, SampleImage image) throws IOException {
        RepositoryFolder repository = mirror.folder().repository(path);
        assertThat(repository.tag(new Tag(tag))).contains(image.digest());
        for (RawManifest manifest : image.manifests()) {
            assertThat(repository.manifest(manifest.digest())).isPresent();
            assertThat(mirror.folder().contents().read(manifest.digest())).isEqualTo(manifest.bytes());
        }
        for (var blob : image.blobs()) {
            assertThat(repository.blob(blob.digest())).contains(blob.size());
        }
        assertThat(mirror.audit()).isEmpty();
    }

    static void assertHoldsNothing(Registry mirror) throws IOException {
        for (String path : mirror.folder().repositories()) {
            assertThat(mirror.folder().repository(path).tags()).isEmpty();
            assertThat(mirror.folder().repository(path).manifests()).isEmpty();
        }
        assertThat(mirror.audit()).isEmpty();
    }

    @Override
    public void close() {
        client.close();
        registries.forEach(Registry::close);
    }

    /// What a listener was told.
    static final class Told implements CopyListener {
        private final Map<Repository, String> failures = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<Delivery> done = new ConcurrentLinkedQueue<>();
        private final LongAdder read = new LongAdder();
        private volatile Consumer<Delivery> whenDone = delivery -> {};

        void whenDone(Consumer<Delivery> hook) {
            whenDone = hook;
        }

        @Override
        public void read(Repository source, long bytes) {
            read.add(bytes);
        }

        /// Bytes of blobs that were of use.
        long bytesRead() {
            return read.sum();
        }

        @Override
        public void finished(CopyJob job, Delivery delivery, Optional<OciException> failure) {
            failure.ifPresentOrElse(
                    e -> failures.put(delivery.into(), String.valueOf(e.getMessage())), () -> done.add(delivery));
            whenDone.accept(delivery);
        }

        List<Delivery> done() {
            return List.copyOf(done);
        }

        /// Messages by destination.
        Map<Repository, String> failures() {
            return Map.copyOf(failures);
        }
    }
}
