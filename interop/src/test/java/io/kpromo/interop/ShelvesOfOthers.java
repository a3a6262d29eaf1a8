// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Stores that others wrote, and a count of what goes to all of them together.
final class ShelvesOfOthers implements AutoCloseable {
    private final Path folder;
    private final Bucket s3;
    private final Bucket google;
    private final Server registry;
    private final CountingRelay toS3;
    private final CountingRelay toGoogle;
    private final CountingRelay toRegistry;
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final AtomicReference<Runnable> then = new AtomicReference<>(() -> {});

    private ShelvesOfOthers(Path folder, Bucket s3, Bucket google, Server registry) throws IOException {
        this.folder = folder;
        this.s3 = s3;
        this.google = google;
        this.registry = registry;
        this.toS3 = new CountingRelay(s3.process().port(), this::passed);
        this.toGoogle = new CountingRelay(google.process().port(), this::passed);
        this.toRegistry = new CountingRelay(registry.process().port(), this::passed);
    }

    static ShelvesOfOthers start(Path folder) throws IOException, InterruptedException {
        return new ShelvesOfOthers(
                folder,
                Bucket.Kind.S3.start(folder.resolve("s3")),
                Bucket.Kind.GS.start(folder.resolve("gs")),
                Server.Kind.DISTRIBUTION_3.start(folder.resolve("registry"), Optional.empty()));
    }

    private void passed(long bytes) {
        if (left.addAndGet(-bytes) <= 0) {
            then.getAndSet(() -> {}).run();
        }
    }

    /// Does something when so many bytes have gone to the stores, counted from now on.
    void afterBytes(long bytes, Runnable what) {
        then.set(what);
        left.set(bytes);
    }

    void neverMind() {
        left.set(Long.MAX_VALUE);
        then.set(() -> {});
    }

    /// Each by itself, and all of them.
    List<List<Shelf>> each(String path) {
        Shelf alone = new Shelf.InRegistry(registry, toRegistry.host(), path);
        return List.of(
                List.of(new Shelf.InBucket(s3, path)),
                List.of(new Shelf.InBucket(google, path)),
                List.of(alone),
                List.of(
                        new Shelf.InBucket(s3, path + "-all"),
                        new Shelf.InBucket(google, path + "-all"),
                        new Shelf.InRegistry(registry, toRegistry.host(), path + "-all"),
                        new Shelf.InFolder(folder.resolve(path + "-all"))));
    }

    Kpromo tell(Kpromo kpromo) {
        return google.tell(s3.tell(kpromo))
                .with("AWS_ENDPOINT_URL", "http://" + toS3.host())
                .with("STORAGE_EMULATOR_HOST", "http://" + toGoogle.host());
    }

    @Override
    public void close() throws IOException {
        toS3.close();
        toGoogle.close();
        toRegistry.close();
        s3.close();
        google.close();
        registry.close();
    }
}
