// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Log;
import io.kpromo.cli.terminal.Text;
import io.kpromo.images.diff.ManifestDiff;
import io.kpromo.images.manifest.Manifests;
import io.kpromo.images.plan.DesiredState;
import io.kpromo.oci.Digest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/// The flags that say which manifests are meant, and the state that these want.
final class ManifestFlags {
    private final Root root;
    private Optional<Path> manifest = Optional.empty();
    private Optional<Path> tree = Optional.empty();
    private boolean prowDiff;
    private String since = "";

    ManifestFlags(Root root) {
        this.root = root;
    }

    void describe(Flags flags) {
        describeFiles(flags);
        flags.toggle(
                        "--use-prow-manifest-diff",
                        false,
                        "Only digests that the change under test adds, as JOB_TYPE and PULL_BASE_SHA say.",
                        on -> prowDiff = on)
                .text(
                        "--manifest-diff-since",
                        "DATE",
                        "Only digests added since then: \"7 days\", \"24 hours\", 2026-11-01.",
                        date -> since = date);
    }

    void describeFiles(Flags flags) {
        flags.section("Manifests")
                .file(
                        "--manifest",
                        "FILE",
                        "A plain manifest: registries and images in one file.",
                        file -> manifest = Optional.of(file))
                .file("--thin-manifest-dir", "DIR", "A tree of thin manifests.", folder -> tree = Optional.of(folder));
    }

    /// What was read.
    ///
    /// @param manifests with all that stands in them
    /// @param desired what they want, less what a diff mode leaves out
    /// @param milliseconds it took
    record Wanted(Manifests manifests, DesiredState desired, long milliseconds) {}

    /// Reads and validates; warnings are logged.
    Wanted read() throws InterruptedException {
        long began = System.nanoTime();
        Path path = path();
        Manifests manifests = tree.isPresent() ? Manifests.thinTree(path) : Manifests.plain(path);
        DesiredState desired = DesiredState.of(manifests.all());
        Log log = root.log();
        manifests.warnings().forEach(warning -> log.warn(warning.toString()));
        desired.duplicates().forEach(duplicate -> log.info(duplicate.toString()));
        DesiredState wanted = prowDiff || !since.isEmpty() ? desired.keeping(added(path)::contains) : desired;
        log.info("read " + Text.count(manifests.all().size(), "manifest") + ": "
                + Text.count(manifests.digests(), "digest") + ", " + Text.count(wanted.edges(), "edge"));
        return new Wanted(manifests, wanted, (System.nanoTime() - began) / 1_000_000);
    }

    private Set<Digest> added(Path path) {
        ManifestDiff diff = ManifestDiff.in(path);
        Set<Digest> added = prowDiff
                ? diff.prow(root.console().environment())
                : diff.since(since, Clock.system(ZoneId.systemDefault()));
        root.log().info("the change adds " + Text.count(added.size(), "digest"));
        return added;
    }

    private Path path() {
        if (prowDiff && !since.isEmpty()) {
            throw new UsageException("--use-prow-manifest-diff and --manifest-diff-since exclude each other; use one");
        }
        if (manifest.isPresent() && tree.isPresent()) {
            throw new UsageException("--manifest and --thin-manifest-dir exclude each other; use one");
        }
        return manifest.or(() -> tree)
                .orElseThrow(() -> new UsageException(
                        "no manifests; name a file with --manifest or a tree with --thin-manifest-dir"));
    }

    boolean given() {
        return manifest.isPresent() || tree.isPresent();
    }
}
