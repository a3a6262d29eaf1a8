// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import io.kpromo.files.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files of a folder and all folders in it, with their hashes.
///
/// Read in parallel, each file once and streamed; what is kept of a file is its name and its hash. Links to files
/// in the folder count as files; links that lead out of it, links to folders, and what is no file at all are left
/// out.
///
/// @param files in the order of a walk: by name, part for part; as a manifest wants them
/// @param leftOut what is in the folder and not among the files, and why; one line each
/// @param problems files that can't be read, or that no manifest could name; one line each
public record FolderHashes(FilesSection files, List<String> leftOut, List<String> problems) {
    public FolderHashes {
        leftOut = List.copyOf(leftOut);
        problems = List.copyOf(problems);
    }

    /// @param prefix only files whose names begin with it; all where it is empty
    /// @param counts are told how far it came
    /// @throws StoreException when this is no folder that can be read
    public static FolderHashes of(Path folder, String prefix, HashingCounts counts) throws InterruptedException {
        Path real = real(folder);
        Backlog backlog = new Backlog();
        Listed base = new Listed(real, "");
        backlog.add(new Backlog.Listing(base));
        List<FolderReader> readers = new ArrayList<>();
        for (int i = 0; i < Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 16); i++) {
            readers.add(new FolderReader(real, prefix, backlog, counts));
        }
        run(readers);
        List<byte[]> files = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (FolderReader reader : readers) {
            reader.addTo(leftOut, problems);
        }
        base.addTo(files);
        leftOut.sort(null);
        problems.sort(null);
        return new FolderHashes(new FilesSection(files), leftOut, problems);
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
}
