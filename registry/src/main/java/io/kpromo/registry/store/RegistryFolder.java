// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.store;

import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// A registry's contents in a folder. One process at a time may have it open.
public final class RegistryFolder implements AutoCloseable {
    static final String REPOSITORIES = "repositories";
    static final String BLOBS = "_blobs";
    static final String MANIFESTS = "_manifests";
    static final String TAGS = "_tags";
    static final String REFERRERS = "_referrers";

    private static final Host NOWHERE = new Host("localhost");
    private static final int LOCKS = 64;

    private final Disk disk;
    private final Contents contents;
    private final Optional<FolderLock> lock;
    private final ReentrantLock[] changes = new ReentrantLock[LOCKS];

    private RegistryFolder(Disk disk, Optional<FolderLock> lock) {
        this.disk = disk;
        this.contents = new Contents(disk);
        this.lock = lock;
        Arrays.setAll(changes, _ -> new ReentrantLock());
    }

    /// Opens a folder, made where it is missing, and sweeps what a killed process left unfinished.
    ///
    /// @param durable whether what is acknowledged survives a power cut; a kill it survives always
    /// @throws IOException when it can't be written, or another process has it open
    public static RegistryFolder open(Path folder, boolean durable) throws IOException {
        Files.createDirectories(folder);
        Path root = folder.toRealPath();
        Path uploads = root.resolve("uploads");
        FolderLock lock = FolderLock.take(root);
        try {
            Disk disk = new Disk(root, uploads, durable);
            sweep(uploads);
            Files.createDirectories(uploads);
            Files.createDirectories(root.resolve(REPOSITORIES));
            return new RegistryFolder(disk, Optional.of(lock));
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /// A look at a folder, for reading only: takes no lock, so that it works beside a registry that runs.
    static RegistryFolder look(Path folder) throws IOException {
        Path root = folder.toRealPath();
        return new RegistryFolder(new Disk(root, root.resolve("uploads"), false), Optional.empty());
    }

    private static void sweep(Path uploads) throws IOException {
        if (!Files.isDirectory(uploads, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> left = Files.list(uploads)) {
            for (Path file : left.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// The folder, without links in its name.
    public Path path() {
        return disk.root();
    }

    public Contents contents() {
        return contents;
    }

    /// A repository, whether it exists or not; nothing is written yet.
    ///
    /// @throws InvalidNameException when the name breaks the grammar
    public RepositoryFolder repository(String path) {
        String checked = new Repository(NOWHERE, path).path();
        return new RepositoryFolder(disk, contents, checked, changes[Math.floorMod(checked.hashCode(), LOCKS)]);
    }

    /// Names of all repositories, sorted.
    public List<String> repositories() throws IOException {
        List<String> found = new ArrayList<>();
        collect("", found);
        Collections.sort(found);
        return found;
    }

    /// Names of the folders directly below a name that are or hold repositories, sorted; the empty name is the root.
    public List<String> children(String prefix) throws IOException {
        List<String> children = new ArrayList<>();
        for (String name : folders(prefix)) {
            if (holdsRepository(prefix.isEmpty() ? name : prefix + "/" + name)) {
                children.add(name);
            }
        }
        Collections.sort(children);
        return children;
    }

    private boolean holdsRepository(String path) throws IOException {
        if (repository(path).exists()) {
            return true;
        }
        for (String name : folders(path)) {
            if (holdsRepository(path + "/" + name)) {
                return true;
            }
        }
        return false;
    }

    private void collect(String path, List<String> found) throws IOException {
        if (!path.isEmpty() && repository(path).exists()) {
            found.add(path);
        }
        for (String name : folders(path)) {
            collect(path.isEmpty() ? name : path + "/" + name, found);
        }
    }

    /// Folders that may be part of a repository's name; links and strangers' files are not.
    private List<String> folders(String path) throws IOException {
        Path folder = disk.root().resolve(REPOSITORIES).resolve(path);
        List<String> names = new ArrayList<>();
        for (String name : disk.list(folder)) {
            String full = path.isEmpty() ? name : path + "/" + name;
            if (isName(full) && Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                names.add(name);
            }
        }
        return names;
    }

    private static boolean isName(String path) {
        try {
            return !new Repository(NOWHERE, path).path().isEmpty();
        } catch (InvalidNameException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (lock.isPresent()) {
            lock.get().close();
        }
    }
}
