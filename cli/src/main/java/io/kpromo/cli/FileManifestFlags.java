// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Log;
import io.kpromo.cli.terminal.Text;
import io.kpromo.files.manifest.FileManifests;
import java.nio.file.Path;
import java.util.Optional;

/// Which file manifests are meant: a tree, or a file with filestores and a file or folder with files.
final class FileManifestFlags {
    private final Root root;
    private Optional<Path> tree = Optional.empty();
    private Optional<Path> filestores = Optional.empty();
    private Optional<Path> files = Optional.empty();

    FileManifestFlags(Root root) {
        this.root = root;
    }

    void describe(Flags flags) {
        flags.section("Manifests")
                .file(
                        "--manifests",
                        "DIR",
                        "A tree: filestores/<project>/filepromoter-manifest.yaml and manifests/<project>/*.yaml.",
                        folder -> tree = Optional.of(folder))
                .file(
                        "--filestores",
                        "FILE",
                        "A file that names one source and its destinations.",
                        file -> filestores = Optional.of(file))
                .file(
                        "--files",
                        "FILE|DIR",
                        "A file that names files and their SHA-256, or a folder of such files.",
                        path -> files = Optional.of(path));
    }

    /// What was read.
    ///
    /// @param milliseconds it took
    record Read(FileManifests manifests, long milliseconds) {}

    /// Reads and validates; warnings are logged.
    Read read() {
        long began = System.nanoTime();
        FileManifests manifests = manifests();
        Log log = root.log();
        manifests.warnings().forEach(warning -> log.warn(warning.toString()));
        log.info("read " + Text.count(manifests.all().size(), "manifest") + ": " + Text.count(manifests.files(), "file")
                + ", " + Text.count(manifests.edges(), "edge"));
        return new Read(manifests, (System.nanoTime() - began) / 1_000_000);
    }

    private FileManifests manifests() {
        if (tree.isPresent()) {
            if (filestores.isPresent() || files.isPresent()) {
                throw new UsageException(
                        "--manifests excludes --filestores and --files; use a tree, or a file of each");
            }
            return FileManifests.tree(tree.get());
        }
        if (filestores.isEmpty() || files.isEmpty()) {
            throw new UsageException(
                    filestores.isEmpty() && files.isEmpty()
                            ? "no manifests; name a tree with --manifests, or files with --filestores and --files"
                            : (files.isEmpty() ? "--files" : "--filestores")
                                    + " is missing; --filestores and --files go together");
        }
        return FileManifests.of(filestores.get(), files.get());
    }
}
