// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.Host;
import io.kpromo.oci.auth.Credential;
import io.kpromo.oci.auth.CredentialProvider;
import io.kpromo.oci.auth.CredentialSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Credentials of Google and Amazon, whose libraries are loaded when the first registry of theirs asks, and
/// otherwise not at all.
final class CloudLoader implements CredentialSource {
    private final CloudJars jars;
    private final Map<String, String> environment;
    private final Optional<Path> home;
    private final Consumer<String> remarks;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CredentialSource loaded;

    /// @param jars without which there are no such credentials
    /// @param remarks is told why there is nothing for a registry that asked
    CloudLoader(CloudJars jars, Map<String, String> environment, Optional<Path> home, Consumer<String> remarks) {
        this.jars = jars;
        this.environment = environment;
        this.home = home;
        this.remarks = remarks;
    }

    @Override
    public Optional<Credential> find(Host host, String path) throws InterruptedException {
        return mayBeOfACloud(host.address()) ? source().find(host, path) : Optional.empty();
    }

    /// A look at the name that costs nothing; the sources look closely.
    private static boolean mayBeOfACloud(String name) {
        return name.equals("gcr.io")
                || name.endsWith(".gcr.io")
                || name.endsWith(".pkg.dev")
                || name.equals("public.ecr.aws")
                || name.contains(".dkr.ecr")
                || name.contains(".dkr-ecr");
    }

    private CredentialSource source() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            CredentialSource known = loaded;
            if (known == null) {
                known = load();
                loaded = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private CredentialSource load() {
        if (jars.areMissing()) {
            remarks.accept("no credentials of Google or Amazon are looked for: the folder \"cloud\" is missing beside"
                    + " kpromo's jars");
            return CredentialSource.none();
        }
        List<CredentialSource> sources = new ArrayList<>();
        for (CredentialProvider provider : jars.find(CredentialProvider.class)) {
            sources.add(provider.open(environment, home, remarks));
        }
        return CredentialSource.first(sources);
    }
}
