// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.Forge;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.FakeGitea;
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

class GiteaContractTest extends WorldScene {
    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(2));
    private FakeGitea gitea;

    @BeforeEach
    void start() throws IOException {
        gitea = new FakeGitea();
        gitea.requireToken("t0ken");
    }

    @AfterEach
    void stop() {
        transport.close();
        gitea.close();
    }

    @Override
    protected Forge forge() {
        return new GiteaForge(
                transport, gitea.address(), Optional.of(Secret.of("t0ken")), LimitListener.none(), Time.system());
    }

    @Override
    protected World world() {
        return gitea.world();
    }

    @Override
    protected boolean hasDiscussions() {
        return false;
    }
}
