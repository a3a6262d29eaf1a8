// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitlab;

import io.kpromo.forge.Forge;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.fake.FakeGitLab;
import io.kpromo.forge.fake.ForgeServer;
import io.kpromo.forge.fake.WorldFaults;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.Transport;
import java.io.IOException;
import java.util.Optional;

class GitLabFaultsTest extends WorldFaults {
    @Override
    protected ForgeServer server() throws IOException {
        return new FakeGitLab();
    }

    @Override
    protected Forge forge(Transport transport, ForgeServer server) {
        return new GitLabForge(
                transport, server.address(), Optional.of(Secret.of("t")), LimitListener.none(), Time.system());
    }

    @Override
    protected boolean hasDiscussions() {
        return false;
    }
}
