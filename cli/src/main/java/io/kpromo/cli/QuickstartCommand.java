// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// `kpromo quickstart`: a whole promotion on this machine, as a tour.
final class QuickstartCommand implements Command {
    private final Root root;
    private Optional<Path> keep = Optional.empty();
    private boolean files;
    private boolean release;

    QuickstartCommand(Root root) {
        this.root = root;
    }

    @Override
    public void describe(Flags flags) {
        flags.about(
                        "quickstart",
                        "Take a tour: a whole promotion on this machine, from a staging registry to two mirrors, with"
                                + " nothing to install and nothing left behind.",
                        "kpromo quickstart",
                        "kpromo quickstart --keep ./tour    keep registries, manifests and report",
                        "kpromo quickstart --files          the same for files: folders and a registry",
                        "kpromo quickstart --release        a release: forge, repository, registry")
                .toggle("--files", false, "Promote files instead of images.", on -> files = on)
                .toggle("--release", false, "Make a release, from tracking issue to announcement.", on -> release = on)
                .file(
                        "--keep",
                        "DIR",
                        "Keep all of it in this folder, which must be empty or new.",
                        d -> keep = Optional.of(d));
    }

    @Override
    public ExitCode call() throws IOException, InterruptedException {
        if (files && release) {
            throw new UsageException("--files and --release are two tours; take one after the other");
        }
        if (keep.isPresent() && isFilled(keep.get())) {
            throw new UsageException(
                    "--keep " + keep.get() + ": there is something in that folder already; name a new one");
        }
        root.interrupt().watch();
        try (Folder folder = keep.isPresent() ? Folder.kept(keep.get()) : Folder.temporary("kpromo-tour")) {
            if (release) {
                try (Registry registry = open(folder, "registry")) {
                    new ReleaseTour(root, folder, registry).walk();
                }
            } else if (files) {
                try (Registry registry = open(folder, "registry")) {
                    new FilesTour(root, folder, registry).walk();
                }
            } else {
                images(folder);
            }
            return ExitCode.DONE;
        }
    }

    private void images(Folder folder) throws IOException, InterruptedException {
        try (Registry staging = open(folder, "staging");
                Registry europe = open(folder, "eu-mirror");
                Registry america = open(folder, "us-mirror")) {
            new Tour(root, folder, staging, europe, america).walk();
        }
    }

    private static Registry open(Folder folder, String name) throws IOException {
        return Registry.open(RegistryOptions.in(folder.path().resolve(name)).withRemembered(0));
    }

    private static boolean isFilled(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Files.exists(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }
}
