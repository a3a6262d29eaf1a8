// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.forge.Author;
import io.kpromo.forge.FaultsContract;
import io.kpromo.forge.Forge;
import io.kpromo.forge.RefName;
import io.kpromo.forge.SourceFile;
import io.kpromo.oci.http.Transport;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The contract's broken connections, with a forge of this process.
public abstract class WorldFaults extends FaultsContract {
    /// A server without anything, and one that signs in there.
    protected abstract ForgeServer server() throws IOException;

    protected abstract Forge forge(Transport transport, ForgeServer server);

    @Override
    protected Breaking started() throws IOException {
        ForgeServer server = server();
        server.requireToken("t");
        World world = server.world();
        world.create(HOME, List.of(SourceFile.of("a", "1")));
        world.fork(HOME, "alice");
        world.commit(
                HOME, new RefName("main"), List.of(SourceFile.of("b", "1")), "Newer", new Author("C", "c@x.example"));
        return new InWorld(server);
    }

    private final class InWorld implements Breaking {
        private final ForgeServer server;

        InWorld(ForgeServer server) {
            this.server = server;
        }

        @Override
        public Forge forge(Transport transport) {
            return WorldFaults.this.forge(transport, server);
        }

        @Override
        public int requests() {
            return server.sent().size();
        }

        @Override
        public void failAt(int nth, ForgeServer.Fault how) {
            server.failAt(nth, how);
        }

        @Override
        public boolean hasFailed() {
            return server.hasFailed();
        }

        @Override
        public Map<String, Object> census() {
            Map<String, Object> census = server.world().repository(HOME).census();
            census.put("fork", server.world().repository(FORK).census().get("refs"));
            return census;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
