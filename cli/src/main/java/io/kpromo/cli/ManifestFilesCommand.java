// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Text;
import io.kpromo.files.hash.FolderHashes;
import io.kpromo.files.hash.HashingCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// `kpromo manifest files`: the `files:` section of a manifest for a folder.
final class ManifestFilesCommand implements Command {
    private final Root root;
    private Optional<Path> folder = Optional.empty();
    private String prefix = "";

    ManifestFilesCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "files",
                        "Print the files section of a manifest for a folder: the name and the SHA-256 of each file in"
                                + " it and below it, sorted. Links that lead out of the folder are not followed.",
                        "kpromo manifest files --src ./release > files.yaml",
                        "kpromo manifest files --src ./release --prefix linux/amd64/")
                .file("--src", "DIR", "The folder. Required.", path -> folder = Optional.of(path))
                .text(
                        "--prefix",
                        "PREFIX",
                        "Only files whose names begin with this; linux/ is a folder.",
                        text -> prefix = text);
    }

    @Override
    public ExitCode call() throws InterruptedException, IOException {
        Path src = folder.orElseThrow(() -> new UsageException("--src is missing: the folder whose files are meant"));
        root.interrupt().watchFiles();
        HashingCounts counts = new HashingCounts();
        FolderHashes read;
        try (HashingProgress _ = HashingProgress.of(root, counts)) {
            read = FolderHashes.of(src, cleaned(), counts);
        }
        read.leftOut().forEach(line -> root.log().warn("left out " + line));
        if (!read.problems().isEmpty()) {
            read.problems().forEach(root.log()::error);
            root.log()
                    .error("nothing is printed, for "
                            + Text.count(read.problems().size(), "file") + " would be missing from it");
            return ExitCode.FAILED;
        }
        if (read.files().size() == 0) {
            root.log()
                    .warn("no file" + (prefix.isEmpty() ? "" : " whose name begins with " + prefix) + " lies below "
                            + src);
        }
        read.files().write(root.console().out());
        return ExitCode.DONE;
    }

    /// Without what adds nothing to a path, as scripts write it: `./linux/`.
    private String cleaned() {
        Path path = Path.of(prefix).normalize();
        if (path.isAbsolute() || Arrays.asList(prefix.split("/", -1)).contains("..")) {
            throw new UsageException("--prefix is the beginning of names below --src; got " + prefix);
        }
        boolean folder = prefix.endsWith("/") && !path.toString().isEmpty();
        return folder ? path + "/" : path.toString();
    }
}
