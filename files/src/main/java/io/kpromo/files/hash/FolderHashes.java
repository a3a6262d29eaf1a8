// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import io.kpromo.files.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The files of a folder and all folders in it, with their hashes.
///
/// Read in parallel, each file once and streamed; what is kept of a file is its name and its hash. Links to files
/// in the folder count as files; links that lead out of it, links to folders, and what is no file at all are left
/// out.
///
/// @param files in the order of a walk: by name, part for part
/// @param leftOut what is in the folder and not among the files, and why; one line each
/// @param problems files that can't be read, or that no manifest could name; one line each
public record FolderHashes(List<FileHash> files, List<String> leftOut, List<String> problems) {
    /// A folder is listed before what follows it by name: `a/b` before `a.txt`.
    private static final Comparator<FileHash> WALK =
            (a, b) -> byParts(a.name().text(), b.name().text());

    public FolderHashes {
        files = List.copyOf(files);
        leftOut = List.copyOf(leftOut);
        problems = List.copyOf(problems);
    }

    /// @param prefix only files whose names begin with it; all where it is empty
    /// @param counts are told how far it came
    /// @throws StoreException when this is no folder that can be read
    public static FolderHashes of(Path folder, String prefix, HashingCounts counts) throws InterruptedException {
        Path real = real(folder);
        Backlog backlog = new Backlog();
        backlog.add(new Backlog.Task.Listing(real, ""));
        List<FolderReader> readers = new ArrayList<>();
        for (int i = 0; i < Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 16); i++) {
            readers.add(new FolderReader(real, prefix, backlog, counts));
        }
        run(readers);
        List<FileHash> files = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (FolderReader reader : readers) {
            reader.addTo(files, leftOut, problems);
        }
        files.sort(WALK);
        leftOut.sort(null);
        problems.sort(null);
        return new FolderHashes(files, leftOut, problems);
    }

    private static Path real(Path folder) {
        try {
            Path real = folder.toRealPath();
            if (!Files.isDirectory(real)) {
                throw new NotDirectoryException(folder.toString());
            }
            return real;
        } catch (NotDirectoryException e) {
            throw new StoreException(folder + " is not a folder", e);
        } catch (IOException e) {
            throw new StoreException(FolderReader.unreadable(folder.toString(), e), e);
        }
    }

    /// On threads of the platform: reading files and hashing holds a processor, so a virtual thread would hold its
    /// carrier just as long.
    private static void run(List<FolderReader> readers) throws InterruptedException {
        List<Thread> threads = readers.stream()
                .map(reader -> Thread.ofPlatform().name("hash").start(reader))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException stopped) {
            threads.forEach(Thread::interrupt);
            throw stopped;
        }
        readers.forEach(FolderReader::rethrow);
    }

    /// By the bytes of UTF-8, with the slash before all others.
    static int byParts(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Integer.compare(rank(x), rank(y));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /// Halves of pairs stand for what comes after all that needs no pair.
    private static int rank(char c) {
        return c == '/' ? 0 : Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
