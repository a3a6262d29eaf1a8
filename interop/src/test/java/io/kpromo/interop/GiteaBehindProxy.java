// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A Gitea as others wrote it, one for all tests of a class, and a proxy before it that breaks connections.
@Tag("interop")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GiteaBehindProxy {
    RealGitea gitea;
    BreakingProxy proxy;

    @BeforeAll
    void start(@TempDir Path here) throws Exception {
        gitea = RealGitea.start(here.resolve("gitea"));
        proxy = new BreakingProxy(gitea.web());
    }

    @AfterAll
    void stop() {
        if (proxy != null) {
            proxy.close();
        }
        if (gitea != null) {
            gitea.close();
        }
    }
}
