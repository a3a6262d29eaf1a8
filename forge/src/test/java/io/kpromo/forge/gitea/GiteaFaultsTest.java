// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.Forge;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.FakeGitea;
import io.kpromo.forge.fake.ForgeServer;
import io.kpromo.forge.fake.WorldFaults;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.Transport;
import java.io.IOException;
import java.util.Optional;

class GiteaFaultsTest extends WorldFaults {
    @Override
    protected ForgeServer server() throws IOException {
        return new FakeGitea();
    }

    @Override
    protected Forge forge(Transport transport, ForgeServer server) {
        return new GiteaForge(
                transport, server.address(), Optional.of(Secret.of("t")), LimitListener.none(), Time.system());
    }

    @Override
    protected boolean hasDiscussions() {
        return false;
    }
}
