// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import static io.kpromo.oci.copy.World.at;
import static io.kpromo.registry.sample.SampleImage.image;

import io.kpromo.registry.Registry;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A source and two mirrors that a test can make fail.
abstract class FailingCopy {
    static final CopyOptions STREAMED = CopyOptions.standard().withSmall(0);

    @TempDir
    Path folder = Path.of("");

    World world;
    Registry mirror;
    Registry other;

    @BeforeEach
    void start() throws IOException {
        world = new World(folder);
        mirror = world.registry(options -> options);
        other = world.registry(options -> options);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    FutureTask<Boolean> running(CopyOptions options, CopyJob... jobs) {
        FutureTask<Boolean> copy = new FutureTask<>(() -> {
            world.copy(options, jobs);
            return true;
        });
        Thread.ofVirtual().start(copy);
        return copy;
    }

    static SampleImage large() {
        return image().layers(2).layerSize(150_000).build();
    }

    String failure(Registry registry, String path) {
        return Objects.requireNonNullElse(world.told().failures().get(at(registry, path)), "(no failure)");
    }
}
