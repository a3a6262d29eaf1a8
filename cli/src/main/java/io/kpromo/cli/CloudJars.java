// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.OciException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The libraries of Google and Amazon. They lie in a folder of their own, `cloud`, beside our jar, and are opened
/// when first something of them is needed.
final class CloudJars {
    private final Optional<Path> folder;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ClassLoader opened;

    /// @param folder of the jars, if there is one
    CloudJars(Optional<Path> folder) {
        this.folder = folder.filter(Files::isDirectory);
    }

    /// The folder beside the jar that this class comes from.
    static CloudJars besideUs() {
        try {
            Path jar = Path.of(CloudJars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new CloudJars(Optional.of(jar.resolveSibling("cloud")));
        } catch (URISyntaxException e) {
            return new CloudJars(Optional.empty());
        }
    }

    boolean areMissing() {
        return folder.isEmpty();
    }

    /// What the libraries have of this kind; nothing where they are missing.
    <S> List<S> find(Class<S> kind) {
        return folder.map(path -> {
                    List<S> found = new ArrayList<>();
                    ServiceLoader.load(kind, loader(path)).forEach(found::add);
                    return List.copyOf(found);
                })
                .orElse(List.of());
    }

    // The loader is needed as long as its classes are, which is until the process ends.
    @SuppressWarnings("resource")
    private ClassLoader loader(Path path) {
        lock.lock();
        try {
            ClassLoader known = opened;
            if (known == null) {
                known = new URLClassLoader("cloud", jars(path), CloudJars.class.getClassLoader());
                opened = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private static URL[] jars(Path folder) {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                jars.add(file.toUri().toURL());
            }
        } catch (IOException e) {
            throw new OciException("the libraries of Google and Amazon can't be read: " + e, e);
        }
        return jars.toArray(URL[]::new);
    }
}
