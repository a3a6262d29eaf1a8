// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.forge.Forge;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Time;
import io.kpromo.release.dependencies.AmazonUpstreams;
import io.kpromo.release.dependencies.Dependencies;
import io.kpromo.release.dependencies.Outlook;
import io.kpromo.release.dependencies.Upstreams;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// `kpromo release verify-dependencies --remote`: what others have released since.
record RemoteVersions(Root root, Access access) {
    /// In the order of the file.
    List<Outlook> look(Dependencies dependencies) throws InterruptedException {
        try (Session session = access.open();
                Opened forges = new Opened(new Forges(root, session))) {
            AmazonServices amazon = new AmazonServices(session, root.console().environment(), Time.system());
            return Outlook.of(
                    dependencies,
                    new Upstreams(forges, session.registries(), session.transport(), new AmazonUpstreams(amazon)));
        }
    }

    /// Each forge is opened once, and closed in the end.
    private static final class Opened implements Upstreams.Forges, AutoCloseable {
        private final Forges forges;
        private final ReentrantLock lock = new ReentrantLock();
        private final Map<String, Forge> known = new HashMap<>();

        Opened(Forges forges) {
            this.forges = forges;
        }

        @Override
        public Forge gitHub() {
            return open("");
        }

        @Override
        public Forge gitLab(Optional<URI> server) {
            return open(server.map(uri -> "gitlab=" + uri).orElse("gitlab"));
        }

        private Forge open(String address) {
            lock.lock();
            try {
                return known.computeIfAbsent(address, filed -> forges.open("", filed));
            } catch (UsageException e) {
                // One upstream that may not be asked so keeps nobody from asking the others.
                throw new OciException(String.valueOf(e.getMessage()), e);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            known.values().forEach(Forge::close);
        }
    }
}
