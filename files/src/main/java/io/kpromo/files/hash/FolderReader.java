// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import io.kpromo.files.FileName;
import io.kpromo.files.hash.Backlog.Task;
import io.kpromo.files.hash.Listed.Entry;
import io.kpromo.files.hash.Listed.Found;
import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thread's part of reading a folder.
final class FolderReader implements Runnable {
    private static final int BATCH = 64;
    /// What Java puts in the place of bytes that are no text.
    private static final char REPLACEMENT = '\uFFFD';

    private final Path base;
    private final String prefix;
    private final Backlog backlog;
    private final HashingCounts counts;
    private final ContentHash content;
    private final StringBuilder scratch = new StringBuilder(256);
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private @Nullable Throwable broken;

    FolderReader(Path base, String prefix, Backlog backlog, HashingCounts counts) {
        this.base = base;
        this.prefix = prefix;
        this.backlog = backlog;
        this.counts = counts;
        this.content = new ContentHash(counts);
    }

    void addTo(List<String> allLeftOut, List<String> allProblems) {
        allLeftOut.addAll(leftOut);
        allProblems.addAll(problems);
    }

    /// What ended this thread before its time.
    void rethrow() {
        if (broken instanceof Error e) {
            throw e;
        }
        if (broken != null) {
            throw new StoreException("read folder " + base + ": " + broken, broken);
        }
    }

    @Override
    public void run() {
        try {
            for (Optional<Task> next = backlog.take(); next.isPresent(); next = backlog.take()) {
                try {
                    next.get().by(this);
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

    void list(Listed listed) throws InterruptedException {
        Path folder = listed.folder();
        List<Entry> all = new ArrayList<>();
        List<Found> batch = new ArrayList<>(BATCH);
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                Entry entry = new Entry(lastPart(path.toString()));
                if (isWanted(path, listed.name(entry))) {
                    all.add(entry);
                    batch.add(new Found(path, entry));
                }
                if (batch.size() == BATCH) {
                    handOn(listed, batch);
                    batch = new ArrayList<>(BATCH);
                }
            }
        } catch (DirectoryIteratorException e) {
            problems.add(unreadable(folder.toString(), Objects.requireNonNull(e.getCause())));
        } catch (IOException e) {
            problems.add(unreadable(folder.toString(), e));
        }
        handOn(listed, batch);
        // Others hash meanwhile.
        listed.hold(all);
    }

    /// Path.getFileName makes a path of its own for it, which is then thrown away.
    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf(File.separatorChar) + 1);
    }

    private boolean isWanted(Path path, String name) {
        if (!leadsToWanted(name)) {
            return false;
        }
        if (name.indexOf(REPLACEMENT) >= 0) {
            problems.add(path + ": the name is not UTF-8; rename it");
            return false;
        }
        return true;
    }

    /// Whether this may be a wanted file, or a folder above one.
    private boolean leadsToWanted(String name) {
        return name.startsWith(prefix) || (prefix.startsWith(name) && prefix.charAt(name.length()) == '/');
    }

    private void handOn(Listed folder, List<Found> batch) throws InterruptedException {
        counts.found(batch.size());
        if (!batch.isEmpty() && !backlog.offer(new Backlog.Batch(folder, batch))) {
            look(folder, batch);
        }
    }

    void look(Listed folder, List<Found> names) throws InterruptedException {
        for (Found found : names) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            look(folder, found.path(), found.entry());
        }
    }

    private void look(Listed folder, Path path, Entry entry) throws InterruptedException {
        String name = folder.name(entry);
        try {
            BasicFileAttributes is = attributes(path);
            boolean link = is.isSymbolicLink() && name.startsWith(prefix);
            Path place = path;
            if (link) {
                place = path.toRealPath();
                if (!place.startsWith(base)) {
                    leaveOut(path + ": a link that leads out of " + base);
                    return;
                }
                is = attributes(place);
            }
            if (is.isRegularFile() && name.startsWith(prefix)) {
                hash(place, name, is).ifPresent(entry::is);
            } else if (is.isDirectory() && !link) {
                counts.found(-1);
                Listed below = folder.below(path, entry);
                entry.is(below);
                backlog.add(new Backlog.Listing(below));
            } else if (name.startsWith(prefix)) {
                leaveOut(path + (link && is.isDirectory() ? ": a link to a folder" : ": not a file"));
            } else {
                counts.found(-1);
            }
        } catch (IOException e) {
            problems.add(unreadable(path.toString(), e));
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private void leaveOut(String why) {
        leftOut.add(why);
        counts.found(-1);
    }

    private Optional<byte[]> hash(Path path, String text, BasicFileAttributes found)
            throws IOException, InterruptedException {
        FileName name;
        try {
            name = new FileName(text);
        } catch (InvalidNameException e) {
            problems.add(path + ": no manifest can name it: " + e.wanted() + "; rename it");
            return Optional.empty();
        }
        Optional<Digest> sum = content.hash(path, found);
        counts.hashed();
        if (sum.isEmpty()) {
            problems.add(path + ": changed while it was read; run again when nobody writes to it");
        }
        return sum.map(sha256 -> FilesSection.entry(scratch, name, sha256));
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
