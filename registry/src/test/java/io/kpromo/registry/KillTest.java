// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Tag;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.registry.store.Consistency;
import io.kpromo.registry.store.RegistryFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KillTest {
    private static final int KILLS = 3;
    private static final int PUSHERS = 4;

    @TempDir
    Path folder;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    void whateverIsUnderWayWhenItIsKilledAllThatCanBeSeenIsComplete() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            pushUntilKilled(kill);
            assertThat(Consistency.check(folder)).as("after kill %s", kill).isEmpty();
        }
        try (RegistryFolder opened = RegistryFolder.open(folder, false)) {
            for (String tag : acknowledged) {
                assertThat(opened.repository("app").manifest(new Tag(tag)))
                        .as(tag)
                        .isPresent();
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS);
    }

    /// Kills it as soon as some tags are acknowledged, while all pushers are in the middle of their next image.
    private void pushUntilKilled(int kill) throws Exception {
        CountDownLatch some = new CountDownLatch(kill);
        try (ServedProcess server = ServedProcess.start(folder);
                ExecutorService pushers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int pusher = 0; pusher < PUSHERS; pusher++) {
                int first = (kill * PUSHERS + pusher) * 1000;
                pushers.execute(() -> push(server.url(), first, some));
            }
            assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
            server.kill();
        }
    }

    private void push(URI url, int first, CountDownLatch some) {
        try {
            for (int number = first; ; number++) {
                String tag = "t" + number;
                SampleImage.image()
                        .platforms("linux/amd64", "linux/arm64")
                        .layerSize(100_000)
                        .seed(number)
                        .build()
                        .pushTo(url, "app", tag);
                acknowledged.add(tag);
                some.countDown();
            }
        } catch (IOException e) {
            // killed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
