// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.forge.ForgeAddress;
import io.kpromo.forge.Slug;
import io.kpromo.forge.git.GitRepository;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.release.config.ReleaseConfig;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// `kpromo release init`: a `release.yaml` to begin with.
final class ReleaseInitCommand implements Command {
    private final Root root;
    private String repository = "";
    private Path base = Path.of("");

    ReleaseInitCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "init",
                        "Write a release.yaml with a comment for each key. Never overwrites one.",
                        "kpromo release init",
                        "kpromo release init --repo kubernetes-sigs/promo-tools")
                .text("--repo", "OWNER/NAME", "What is released. Default: git's remote origin.", r -> repository = r)
                .file("--base-path", "DIR", "The root of the repository. Default: this folder.", path -> base = path);
    }

    @Override
    public ExitCode call() throws IOException {
        if (!Files.isDirectory(base.toAbsolutePath())) {
            throw new UsageException("--base-path is no folder: " + base);
        }
        Path file = base.resolve(ReleaseConfig.FILE);
        try {
            Optional<OriginAddress> origin = origin();
            Optional<ForgeAddress> forge =
                    repository.isEmpty() ? origin.flatMap(ReleaseInitCommand::forge) : Optional.empty();
            Files.writeString(file, ReleaseConfig.commented(slug(origin), forge), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            root.log().error(file + " is there already; nothing was written");
            return ExitCode.FAILED;
        }
        root.console().out().println(file);
        root.log().info("fill in what this project has, then: kpromo release show");
        return ExitCode.DONE;
    }

    /// @throws UsageException when neither a flag nor the remote names one
    private Slug slug(Optional<OriginAddress> origin) {
        if (!repository.isEmpty()) {
            return slug(repository);
        }
        return slug(origin.map(OriginAddress::path)
                .orElseThrow(() -> new UsageException(
                        "--repo is missing: this folder has no git remote origin that tells OWNER/NAME")));
    }

    private static Slug slug(String text) {
        try {
            return Slug.of(text);
        } catch (InvalidNameException e) {
            throw new UsageException("--repo: " + e.getMessage(), e);
        }
    }

    private Optional<OriginAddress> origin() {
        Optional<GitRepository> around = GitRepository.around(base.toAbsolutePath());
        if (around.isEmpty()) {
            return Optional.empty();
        }
        try (GitRepository git = around.get()) {
            return git.remote("origin").flatMap(OriginAddress::of);
        }
    }

    /// Where the host's name tells what kind of forge it is, and it is not the usual one.
    private static Optional<ForgeAddress> forge(OriginAddress origin) {
        try {
            return Optional.of(ForgeAddress.of("https://" + origin.host()))
                    .filter(address -> !address.equals(ForgeAddress.gitHub()));
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
