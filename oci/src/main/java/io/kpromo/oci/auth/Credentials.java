// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the credentials that docker, podman and their kin have stored on this machine.
///
/// In this order, and the first that has something for a registry counts: the file that `REGISTRY_AUTH_FILE`
/// names; docker's `config.json` in `DOCKER_CONFIG` or `~/.docker`; podman's `auth.json` below `XDG_RUNTIME_DIR`,
/// then below `XDG_CONFIG_HOME` or `~/.config`. Nothing is read before a registry asks for credentials.
public final class Credentials {
    private Credentials() {}

    /// @param environment the variables of the process
    /// @param home the user's folder, if there is one
    public static CredentialSource stored(Map<String, String> environment, Optional<Path> home) {
        List<CredentialSource> files = new ArrayList<>();
        variable(environment, "REGISTRY_AUTH_FILE").ifPresent(file -> files.add(new AuthFile(Path.of(file))));
        variable(environment, "DOCKER_CONFIG")
                .map(Path::of)
                .or(() -> home.map(h -> h.resolve(".docker")))
                .ifPresent(folder -> files.add(new AuthFile(folder.resolve("config.json"))));
        variable(environment, "XDG_RUNTIME_DIR").ifPresent(folder -> files.add(new AuthFile(podman(Path.of(folder)))));
        variable(environment, "XDG_CONFIG_HOME")
                .map(Path::of)
                .or(() -> home.map(h -> h.resolve(".config")))
                .ifPresent(folder -> files.add(new AuthFile(podman(folder))));
        return CredentialSource.first(files);
    }

    private static Path podman(Path folder) {
        return folder.resolve("containers").resolve("auth.json");
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
