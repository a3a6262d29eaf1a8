// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.sample.SampleTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the launcher runs once to make an ahead-of-time cache: typical commands, one after the other. What they
/// load and how they run is what later starts find ready. How they end does not matter: where one fails, less is
/// ready, and that is all.
public final class Rehearsal {
    /// What only prints. Nothing else may be in its cache: all of a cache is loaded at every start.
    private static final List<String> WORDS = List.of(
            "version",
            "version --json",
            "",
            "--help",
            "cip --help",
            "help registry serve",
            "completion bash",
            "verison");

    private static final int FILES = 4_000;
    private static final int FOLDERS = 20;
    private static final int SIZE = 2_000;
    private static final int BUCKET_FILES = 400;

    private Rehearsal() {}

    /// @param args `words`, `hash` or `work`
    public static void main(String[] args) throws IOException {
        if (args[0].equals("words")) {
            WORDS.forEach(Rehearsal::play);
            return;
        }
        if (args[0].equals("hash")) {
            hash();
            Leave.exit();
            return;
        }
        play("quickstart");
        play("quickstart --files");
        Path tree = Files.createTempDirectory("kpromo-rehearsal-");
        try (Folder _ = new Folder(tree, false)) {
            SampleTree.small().write(tree);
            start(List.of("cip", "--thin-manifest-dir", tree.toString(), "--parse-only"));
            start(List.of("manifest", "validate", tree.toString()));
            RehearsalBuckets.rehearse(tree, BUCKET_FILES);
        }
        Leave.exit();
    }

    /// Enough files, that what runs for each of them is compiled.
    private static void hash() throws IOException {
        Path tree = Files.createTempDirectory("kpromo-rehearsal-");
        try (Folder _ = new Folder(tree, false)) {
            for (int i = 0; i < FILES; i++) {
                Path folder = Files.createDirectories(tree.resolve("folder-" + i % FOLDERS));
                Files.write(folder.resolve("file-" + i), new byte[SIZE]);
            }
            for (int i = 0; i < 3; i++) {
                start(List.of("manifest", "files", "--src", tree.toString()));
            }
        }
    }

    private static void play(String words) {
        start(words.isEmpty() ? List.of() : List.of(words.split(" ", -1)));
    }

    private static void start(List<String> words) {
        Main.start(words, Interrupt.ofProcess());
    }
}
