// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the programs are: kpromo itself, and what `interop/peers` has installed.
///
/// @param kpromo the launcher
/// @param peers the folder of the programs of others
record Programs(Path kpromo, Path peers) {
    /// This launcher, and the folder of peers that the environment names.
    static Programs at(Path kpromo) {
        String peers = System.getenv("KPROMO_PEERS");
        Path cache = peers == null ? Path.of(System.getenv("HOME"), ".cache", "kpromo-peers") : Path.of(peers);
        return new Programs(kpromo.toAbsolutePath(), cache.resolve("bin"));
    }

    /// A program of others: first from the peers' folder, then from the `PATH`.
    Optional<Path> find(String name) {
        return Stream.concat(
                        Stream.of(peers),
                        Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of))
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The Java that runs this.
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /// @throws IOException when it is not built
    Programs checked() throws IOException {
        if (!Files.isExecutable(kpromo)) {
            throw new IOException("there is no launcher at " + kpromo + ": name it with --kpromo");
        }
        return this;
    }
}
