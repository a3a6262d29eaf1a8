// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A registry and a client for it, for one test.
abstract class RegistryTest {
    static final byte[] BLOB = "0123456789".getBytes(StandardCharsets.US_ASCII);
    static final Digest BLOB_DIGEST = Digest.sha256(BLOB);

    @TempDir
    Path folder;

    Registry registry;
    Client client;

    @BeforeEach
    final void start() throws IOException {
        restart(options());
    }

    RegistryOptions options() {
        return RegistryOptions.in(folder);
    }

    final void restart(RegistryOptions options) throws IOException {
        stop();
        registry = Registry.open(options);
        client = new Client(registry);
    }

    @AfterEach
    final void stop() {
        if (registry != null) {
            client.close();
            registry.close();
        }
    }
}
