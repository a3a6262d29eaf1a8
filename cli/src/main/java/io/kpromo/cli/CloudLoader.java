// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Credential;
import io.kpromo.oci.auth.CredentialProvider;
import io.kpromo.oci.auth.CredentialSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Credentials of Google and Amazon, whose libraries are loaded when the first registry of theirs asks, and
/// otherwise not at all. They lie in a folder of their own, `cloud`, beside our jar.
final class CloudLoader implements CredentialSource {
    private final Optional<Path> folder;
    private final Map<String, String> environment;
    private final Optional<Path> home;
    private final Consumer<String> remarks;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CredentialSource loaded;

    /// @param folder of the jars; without one there are no such credentials
    /// @param remarks is told why there is nothing for a registry that asked
    CloudLoader(Optional<Path> folder, Map<String, String> environment, Optional<Path> home, Consumer<String> remarks) {
        this.folder = folder.filter(Files::isDirectory);
        this.environment = environment;
        this.home = home;
        this.remarks = remarks;
    }

    /// The folder beside the jar that this class comes from.
    static Optional<Path> besideUs() {
        try {
            Path jar = Path.of(CloudLoader.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Optional.of(jar.resolveSibling("cloud"));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
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

    // The loader is needed as long as its classes are, which is until the process ends.
    @SuppressWarnings("resource")
    private CredentialSource load() {
        if (folder.isEmpty()) {
            remarks.accept("no credentials of Google or Amazon are looked for: the folder \"cloud\" is missing beside"
                    + " kpromo's jars");
            return CredentialSource.none();
        }
        URLClassLoader loader = new URLClassLoader("cloud", jars(folder.get()), CloudLoader.class.getClassLoader());
        List<CredentialSource> sources = new ArrayList<>();
        for (CredentialProvider provider : ServiceLoader.load(CredentialProvider.class, loader)) {
            sources.add(provider.open(environment, home, remarks));
        }
        return CredentialSource.first(sources);
    }

    private static URL[] jars(Path folder) {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                jars.add(file.toUri().toURL());
            }
        } catch (IOException e) {
            throw new OciException("the libraries for credentials of Google and Amazon can't be read: " + e, e);
        }
        return jars.toArray(URL[]::new);
    }
}
