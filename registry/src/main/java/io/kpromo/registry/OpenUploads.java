// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.Digest;
import io.kpromo.registry.store.Contents;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Uploads under way. They live as long as the process; one that nobody comes back to is swept.
final class OpenUploads implements AutoCloseable {
    private static final Duration KEPT = Duration.ofHours(6);
    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

    private final Contents contents;
    private final Clock clock;
    private final Map<String, Upload> all = new ConcurrentHashMap<>();
    private volatile long nextSweep;

    OpenUploads(Contents contents, Clock clock) {
        this.contents = contents;
        this.clock = clock;
        this.nextSweep = clock.millis() + BETWEEN_SWEEPS.toMillis();
    }

    Upload begin(String repository, Digest.Algorithm algorithm) throws IOException {
        long now = clock.millis();
        if (now > nextSweep) {
            nextSweep = now + BETWEEN_SWEEPS.toMillis();
            sweep(now - KEPT.toMillis());
        }
        Upload upload = new Upload(UUID.randomUUID().toString(), repository, contents.draft(algorithm), now);
        all.put(upload.id(), upload);
        return upload;
    }

    Optional<Upload> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    void take(Upload upload) throws InterruptedException {
        upload.take(clock.millis());
    }

    void leave(Upload upload) {
        upload.leave(clock.millis());
    }

    void forget(Upload upload) {
        all.remove(upload.id());
    }

    /// Forgets an upload as a registry does that was restarted.
    void forget(String id) {
        all.remove(id);
    }

    /// What `Range` said after the first bytes came.
    String firstRange(String id) {
        return find(id).map(Upload::firstRange).orElse("0-0");
    }

    private void sweep(long before) throws IOException {
        for (Upload upload : List.copyOf(all.values())) {
            if (upload.isAbandoned(before) && all.remove(upload.id(), upload)) {
                upload.draft().close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Upload upload : all.values()) {
            upload.draft().close();
        }
        all.clear();
    }
}
