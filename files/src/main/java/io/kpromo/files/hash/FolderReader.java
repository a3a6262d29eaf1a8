// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import io.kpromo.files.FileName;
import io.kpromo.files.hash.Backlog.Found;
import io.kpromo.files.hash.Backlog.Task;
import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thread's part of reading a folder.
final class FolderReader implements Runnable {
    private static final int BUFFER = 256 << 10;
    private static final int BATCH = 64;
    /// What Java puts in the place of bytes that are no text.
    private static final char REPLACEMENT = '\uFFFD';

    private final Path base;
    private final String prefix;
    private final Backlog backlog;
    private final HashingCounts counts;
    private final MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
    private final byte[] buffer = new byte[BUFFER];
    private final List<FileHash> files = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private @Nullable Throwable broken;

    FolderReader(Path base, String prefix, Backlog backlog, HashingCounts counts) {
        this.base = base;
        this.prefix = prefix;
        this.backlog = backlog;
        this.counts = counts;
    }

    void addTo(List<FileHash> all, List<String> allLeftOut, List<String> allProblems) {
        all.addAll(files);
        allLeftOut.addAll(leftOut);
        allProblems.addAll(problems);
    }

    /// What ended this thread before its time.
    void rethrow() {
        switch (broken) {
            case null -> {}
            case Error e -> throw e;
            default -> throw new StoreException("read folder " + base + ": " + broken, broken);
        }
    }

    @Override
    public void run() {
        try {
            for (Optional<Task> next = backlog.take(); next.isPresent(); next = backlog.take()) {
                try {
                    handle(next.get());
                } finally {
                    backlog.done();
                }
            }
        } catch (InterruptedException stopped) {
            // Whoever interrupts knows why.
        } catch (RuntimeException | Error e) {
            broken = e;
        }
    }

    private void handle(Task task) throws InterruptedException {
        switch (task) {
            case Task.Listing(Path folder, String names) -> list(folder, names);
            case Task.Batch(List<Found> batch) -> hash(batch);
        }
    }

    private void list(Path folder, String names) throws InterruptedException {
        List<Found> batch = new ArrayList<>(BATCH);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = names + entry.getFileName();
                if (leadsToWanted(name)) {
                    look(entry, name).ifPresent(batch::add);
                }
                if (batch.size() == BATCH) {
                    handOn(batch);
                    batch = new ArrayList<>(BATCH);
                }
            }
        } catch (DirectoryIteratorException e) {
            problems.add(unreadable(folder.toString(), Objects.requireNonNull(e.getCause())));
        } catch (IOException e) {
            problems.add(unreadable(folder.toString(), e));
        }
        handOn(batch);
    }

    /// Whether this may be a wanted file, or a folder above one.
    private boolean leadsToWanted(String name) {
        return name.startsWith(prefix) || (prefix.startsWith(name) && prefix.charAt(name.length()) == '/');
    }

    private void handOn(List<Found> batch) throws InterruptedException {
        counts.found(batch.size());
        if (!batch.isEmpty() && !backlog.offer(new Task.Batch(batch))) {
            hash(batch);
        }
    }

    /// A file that is to be hashed; nothing where it is something else.
    private Optional<Found> look(Path entry, String name) throws IOException {
        if (name.indexOf(REPLACEMENT) >= 0) {
            problems.add(entry + ": the name is not UTF-8; rename it");
            return Optional.empty();
        }
        BasicFileAttributes is;
        try {
            is = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (is.isDirectory()) {
                backlog.add(new Task.Listing(entry, name + "/"));
                return Optional.empty();
            }
            if (!name.startsWith(prefix)) {
                return Optional.empty();
            }
            if (is.isSymbolicLink()) {
                Path target = entry.toRealPath();
                if (!target.startsWith(base)) {
                    leftOut.add(entry + ": a link that leads out of " + base);
                    return Optional.empty();
                }
                is = Files.readAttributes(target, BasicFileAttributes.class);
            }
        } catch (IOException e) {
            problems.add(unreadable(entry.toString(), e));
            return Optional.empty();
        }
        if (!is.isRegularFile()) {
            leftOut.add(entry + (is.isDirectory() ? ": a link to a folder" : ": not a file"));
            return Optional.empty();
        }
        return Optional.of(new Found(entry, name, is.size()));
    }

    private void hash(List<Found> batch) throws InterruptedException {
        for (Found file : batch) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            hash(file);
        }
    }

    private void hash(Found file) throws InterruptedException {
        FileName name;
        try {
            name = new FileName(file.name());
        } catch (InvalidNameException e) {
            problems.add(file.path() + ": no manifest can name it: " + e.wanted() + "; rename it");
            return;
        }
        try (InputStream in = new FileInputStream(file.path().toFile())) {
            long size = read(in, file.size());
            Digest sum = Digest.of(Digest.Algorithm.SHA256, hasher);
            if (size == file.size()) {
                files.add(new FileHash(name, size, sum));
            } else {
                problems.add(file.path() + ": changed while it was read; run again when nobody writes to it");
            }
        } catch (IOException e) {
            hasher.reset();
            problems.add(unreadable(file.path().toString(), e));
        }
        counts.hashed();
    }

    /// Reads to the end, which is where less comes than was asked for: one byte more than there should be is.
    private long read(InputStream in, long expected) throws IOException, InterruptedException {
        long total = 0;
        while (true) {
            // Java copies through memory of its own; for small files it need not take as much as for large ones.
            int wanted = (int) Math.min(BUFFER, Math.max(0, expected - total) + 1);
            int n = in.read(buffer, 0, wanted);
            if (n > 0) {
                hasher.update(buffer, 0, n);
                counts.read(n);
                total += n;
            }
            if (n < 0 || (n < wanted && total == expected)) {
                return total;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    static String unreadable(String what, IOException why) {
        String said = switch (why) {
            case AccessDeniedException _ -> "no permission; let this account read it";
            case NoSuchFileException _ -> "does not exist";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(why.getMessage()).replace(what + " ", "");
        };
        return what + ": " + said;
    }
}
