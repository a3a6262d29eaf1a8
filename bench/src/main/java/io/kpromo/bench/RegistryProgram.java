// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Which registry the workload runs against.
enum RegistryProgram {
    /// Debian's `docker-registry`: knows none of the extensions.
    DOCKER("docker-registry"),
    /// Version 3 of the same, as `interop/peers` builds it.
    DISTRIBUTION("registry"),
    EMBEDDED("kpromo registry serve"),
    /// The embedded one with Google's form of listings.
    GOOGLE_LISTING("kpromo registry serve --google-listing");

    private final String title;

    RegistryProgram(String title) {
        this.title = title;
    }

    /// The one that is asked for by its option, for example `docker`.
    ///
    /// @throws IllegalArgumentException where there is none
    static RegistryProgram named(String option) {
        return Stream.of(values())
                .filter(program -> program.name().equalsIgnoreCase(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no registry " + option));
    }

    String title() {
        return title;
    }

    boolean isInstalled(Programs programs) {
        return (this != DOCKER && this != DISTRIBUTION) || programs.find(title).isPresent();
    }

    RegistryServer start(Programs programs, Path folder) throws IOException, InterruptedException {
        return switch (this) {
            case DOCKER, DISTRIBUTION ->
                RegistryServer.distribution(
                        programs.find(title).orElseThrow(() -> new IOException(title + " is not installed")), folder);
            case EMBEDDED -> RegistryServer.embedded(programs.kpromo(), folder, List.of());
            case GOOGLE_LISTING -> RegistryServer.embedded(programs.kpromo(), folder, List.of("--google-listing"));
        };
    }
}
