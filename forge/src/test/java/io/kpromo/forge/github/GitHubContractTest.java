// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.Forge;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.FakeGitHub;
import io.kpromo.forge.fake.World;
import io.kpromo.forge.fake.WorldScene;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.TransportOptions;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class GitHubContractTest extends WorldScene {
    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(2));
    private FakeGitHub gitHub;

    @BeforeEach
    void start() throws IOException {
        gitHub = new FakeGitHub();
        gitHub.requireToken("t0ken");
    }

    @AfterEach
    void stop() {
        transport.close();
        gitHub.close();
    }

    @Override
    protected Forge forge() {
        return new GitHubForge(
                transport, gitHub.address(), Optional.of(Secret.of("t0ken")), LimitListener.none(), Time.system());
    }

    /// Forks share what they hold.
    @Override
    protected boolean forksLag() {
        return false;
    }

    @Override
    protected World world() {
        return gitHub.world();
    }
}
