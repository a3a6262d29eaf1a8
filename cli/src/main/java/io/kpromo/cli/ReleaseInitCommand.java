// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `kpromo release init`: a `release.yaml` to begin with.
final class ReleaseInitCommand implements Command {
    /// `git@host:owner/name.git`, `https://host/owner/name`.
    private static final Pattern REMOTE = Pattern.compile(".*[:/]([^/:]+/[^/:]+?)(?:\\.git)?/?");

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
        Path file = base.resolve(ReleaseConfig.FILE);
        try {
            Files.writeString(file, ReleaseConfig.commented(slug()), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            root.log().error(file + " is there already; nothing was written");
            return ExitCode.FAILED;
        }
        root.console().out().println(file);
        root.log().info("fill in what this project has, then: kpromo release show");
        return ExitCode.DONE;
    }

    private Slug slug() {
        String text = repository.isEmpty() ? origin() : repository;
        try {
            return Slug.of(text);
        } catch (InvalidNameException e) {
            throw new UsageException("--repo: " + e.getMessage(), e);
        }
    }

    private String origin() {
        Optional<String> remote = Optional.empty();
        Optional<GitRepository> around = GitRepository.around(base.toAbsolutePath());
        if (around.isPresent()) {
            try (GitRepository git = around.get()) {
                remote = git.remote("origin");
            }
        }
        Matcher matcher = REMOTE.matcher(remote.orElse(""));
        if (!matcher.matches()) {
            throw new UsageException("--repo is missing: this folder has no git remote origin that tells OWNER/NAME");
        }
        return matcher.group(1);
    }
}
