// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.store;

import io.kpromo.oci.Repository;
import io.kpromo.registry.Feature;
import io.kpromo.registry.Registry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A registry that holds whatever others put there.
abstract class Hostile {
    @TempDir
    Path folder;

    Bench bench;
    Registry registry;
    Repository app;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(folder);
        registry = bench.holder(options -> options.without(Feature.CONTENT_CHECKS));
        app = Bench.app(registry);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    Looked look() throws InterruptedException {
        return bench.attachments().look(app, bench.digest());
    }
}
