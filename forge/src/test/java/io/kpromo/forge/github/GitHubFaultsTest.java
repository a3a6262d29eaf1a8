// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.Forge;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.FakeGitHub;
import io.kpromo.forge.fake.ForgeServer;
import io.kpromo.forge.fake.WorldFaults;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.Transport;
import java.io.IOException;
import java.util.Optional;

class GitHubFaultsTest extends WorldFaults {
    @Override
    protected ForgeServer server() throws IOException {
        FakeGitHub gitHub = new FakeGitHub();
        gitHub.forksLearnLate();
        return gitHub;
    }

    @Override
    protected Forge forge(Transport transport, ForgeServer server) {
        return new GitHubForge(
                transport, server.address(), Optional.of(Secret.of("t")), LimitListener.none(), Time.system());
    }
}
