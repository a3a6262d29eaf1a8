// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import io.kpromo.forge.FaultsContract;
import io.kpromo.forge.Forge;
import io.kpromo.forge.RefName;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.ForgeServer;
import io.kpromo.forge.gitea.GiteaForge;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Connections to a Gitea as others wrote it that break at each write in turn.
@Tag("interop")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GiteaFaultsTest extends FaultsContract {
    private RealGitea gitea;

    @BeforeAll
    void start(@TempDir Path here) throws Exception {
        gitea = RealGitea.start(here.resolve("gitea"));
    }

    @AfterAll
    void stop() {
        if (gitea != null) {
            gitea.close();
        }
    }

    @Override
    protected boolean hasDiscussions() {
        return false;
    }

    @Override
    protected Breaking started() throws IOException, InterruptedException {
        gitea.clear();
        gitea.create(HOME, List.of(SourceFile.of("a", "1")));
        gitea.fork(HOME);
        gitea.commit(HOME, new RefName("main"), List.of(SourceFile.of("b", "1")), "Newer");
        return new Proxied(new BreakingProxy(gitea.web()));
    }

    private final class Proxied implements Breaking {
        private final BreakingProxy proxy;

        Proxied(BreakingProxy proxy) {
            this.proxy = proxy;
        }

        @Override
        public Forge forge(Transport transport) {
            return new GiteaForge(
                    transport,
                    URI.create(proxy.address() + "/api/v1"),
                    Optional.of(Secret.of(gitea.token())),
                    LimitListener.none(),
                    Time.system());
        }

        @Override
        public int requests() {
            return proxy.writes().size();
        }

        @Override
        public void failAt(int nth, ForgeServer.Fault how) {
            proxy.failAt(nth, how);
        }

        @Override
        public boolean hasFailed() {
            return proxy.hasFailed();
        }

        @Override
        public Map<String, Object> census() throws InterruptedException {
            Map<String, Object> census = gitea.census(HOME);
            census.put("fork", gitea.refs(FORK));
            return census;
        }

        @Override
        public void close() {
            proxy.close();
        }
    }
}
