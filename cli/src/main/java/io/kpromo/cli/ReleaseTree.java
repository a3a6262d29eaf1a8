// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.InvalidNameException;
import io.kpromo.release.config.ReleaseConfig;
import io.kpromo.release.config.SourcePath;
import io.kpromo.release.config.VersionReferences;
import io.kpromo.release.dependencies.WorkingTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The flags of commands about version references: which repository on this machine, and which file in it.
final class ReleaseTree {
    private Path base = Path.of("");
    private String file = "";

    void describe(Flags flags) {
        flags.text(
                "--config",
                "FILE",
                "The file of dependencies, from the root of the repository. Default: what release.yaml says,"
                        + " or dependencies.yaml.",
                name -> file = name);
        describeBase(flags);
    }

    void describeBase(Flags flags) {
        flags.file("--base-path", "DIR", "The root of the repository. Default: this folder.", path -> base = path);
    }

    /// What `release.yaml` says, where there is one.
    Optional<ReleaseConfig> config() {
        Path path = base.resolve(ReleaseConfig.FILE);
        return Files.exists(path) ? Optional.of(ReleaseConfig.read(path)) : Optional.empty();
    }

    WorkingTree tree() {
        if (!Files.isDirectory(base.toAbsolutePath())) {
            throw new UsageException("--base-path is no folder: " + base);
        }
        return WorkingTree.of(base.toAbsolutePath());
    }

    SourcePath file() {
        if (file.isEmpty()) {
            return config().flatMap(ReleaseConfig::versions)
                    .map(VersionReferences::file)
                    .orElse(new SourcePath("dependencies.yaml"));
        }
        try {
            return SourcePath.of(file);
        } catch (InvalidNameException e) {
            throw new UsageException("--config: " + e.getMessage(), e);
        }
    }
}
