// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.snapshot.Snapshot;
import io.kpromo.images.snapshot.SnapshotFormat;
import io.kpromo.images.snapshot.SnapshotReader;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Tag;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// `kpromo cip`: promotes images, or says what would be done, or prints what registries hold or shall hold.
final class CipCommand implements Command {
    enum Output {
        YAML,
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Root root;
    private final ManifestFlags manifests;
    private final PromotionFlags promotion;
    private final Access access;
    private boolean parseOnly;
    private String snapshot = "";
    private String wanted = "";
    private String tag = "";
    private boolean minimal;
    private Output output = Output.YAML;

    CipCommand(Root root) {
        this.root = root;
        this.manifests = new ManifestFlags(root);
        this.promotion = new PromotionFlags(root);
        this.access = new Access(root);
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                "cip",
                "Promote container images: make registries hold what manifests say. Without --confirm nothing is written.",
                "kpromo cip --manifest promoter-manifest.yaml                               what would be done",
                "kpromo cip --manifest promoter-manifest.yaml --confirm                     do it, and sign",
                "kpromo cip --manifest promoter-manifest.yaml --confirm --key release.key   sign with a key",
                "kpromo cip --thin-manifest-dir . --parse-only                              check manifests, no network",
                "kpromo cip --snapshot gcr.io/my-project --output csv                       what a registry holds",
                "kpromo cip --thin-manifest-dir . --manifest-based-snapshot-of eu.gcr.io/prod");
        manifests.describe(flags);
        promotion.describe(flags);
        flags.section("Instead of promoting")
                .toggle(
                        "--parse-only",
                        false,
                        "Only read and validate the manifests; no network.",
                        on -> parseOnly = on)
                .text("--snapshot", "REGISTRY", "Print every image below this registry path.", path -> snapshot = path)
                .text("--snapshot-tag", "TAG", "Of --snapshot, only images that carry this tag.", t -> tag = t)
                .toggle(
                        "--minimal-snapshot",
                        false,
                        "Of --snapshot, leave out untagged children of indexes.",
                        on -> minimal = on)
                .text(
                        "--manifest-based-snapshot-of",
                        "REGISTRY",
                        "Print what the manifests want there; no network.",
                        r -> wanted = r)
                .choice("--output", Output.YAML, "Format of snapshots:", format -> output = format);
        promotion.describeSigning(flags);
        access.describe(flags);
    }

    @Override
    public ExitCode call() throws Exception {
        if (!snapshot.isEmpty()) {
            return print(held());
        }
        if (!wanted.isEmpty()) {
            return print(Snapshot.of(manifests.read().desired(), registry("--manifest-based-snapshot-of", wanted)));
        }
        if (parseOnly) {
            manifests.read();
            return ExitCode.DONE;
        }
        return promotion.run(manifests, access);
    }

    private Snapshot held() throws InterruptedException {
        if (manifests.given() || !wanted.isEmpty()) {
            throw new UsageException("--snapshot reads a registry, not manifests; leave their flags out, or use"
                    + " --manifest-based-snapshot-of");
        }
        root.interrupt().watch();
        RegistryName registry = registry("--snapshot", snapshot);
        try (Session session = access.open()) {
            Snapshot all = new SnapshotReader(session.registries(), minimal).read(registry);
            Snapshot some = tag.isEmpty() ? all : all.tagged(tag());
            return minimal ? some.minimal() : some;
        }
    }

    private Tag tag() {
        try {
            return new Tag(tag);
        } catch (InvalidNameException e) {
            throw new UsageException("--snapshot-tag: " + e.getMessage(), e);
        }
    }

    private static RegistryName registry(String flag, String text) {
        try {
            return RegistryName.parse(text);
        } catch (InvalidNameException e) {
            throw new UsageException(flag + ": " + e.getMessage(), e);
        }
    }

    private ExitCode print(Snapshot images) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(root.console().out(), StandardCharsets.UTF_8));
        switch (output) {
            case YAML -> SnapshotFormat.YAML.write(images, out);
            case CSV -> SnapshotFormat.CSV.write(images, out);
        }
        out.flush();
        return ExitCode.DONE;
    }
}
