// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import io.kpromo.forge.Author;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;

/// What git is set up to, as far as commits need it.
public final class GitSettings {
    private GitSettings() {}

    /// Who commits: `GIT_COMMITTER_NAME` and `GIT_COMMITTER_EMAIL`, each otherwise `user.name` and `user.email`
    /// of the repository around a folder, or of the user.
    ///
    /// @return empty when either is nowhere to be found
    /// @throws io.kpromo.oci.InvalidNameException when git could not write the name down
    public static Optional<Author> author(Map<String, String> environment, Path folder) {
        Optional<Config> repository;
        try (GitRepository around = GitRepository.around(folder).orElse(null)) {
            // Its file alone: what JGit puts below it is that of the process, not of this environment.
            repository = Optional.ofNullable(around)
                    .map(git -> git.inside().getCommonDirectory().toPath().resolve("config"))
                    .map(file -> read(file.toString(), new Config()));
        }
        Config user = user(environment);
        return value(environment, "GIT_COMMITTER_NAME", repository, user, "name")
                .flatMap(name -> value(environment, "GIT_COMMITTER_EMAIL", repository, user, "email")
                        .map(email -> new Author(name, email)));
    }

    private static Optional<String> value(
            Map<String, String> environment, String variable, Optional<Config> repository, Config user, String key) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .or(() -> repository.flatMap(config -> said(config, key)))
                .or(() -> said(user, key));
    }

    private static Optional<String> said(Config config, String key) {
        return Optional.ofNullable(config.getString("user", null, key)).filter(text -> !text.isBlank());
    }

    /// The user's own configuration: git-config(1), "FILES".
    private static Config user(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", home.isEmpty() ? "" : home + "/.config");
        Config all = new Config();
        if (environment.containsKey("GIT_CONFIG_GLOBAL")) {
            return read(environment.get("GIT_CONFIG_GLOBAL"), all);
        }
        all = xdg.isEmpty() ? all : read(xdg + "/git/config", all);
        return home.isEmpty() ? all : read(home + "/.gitconfig", all);
    }

    private static Config read(String file, Config below) {
        FileBasedConfig config = new FileBasedConfig(below, Path.of(file).toFile(), FS.DETECTED);
        try {
            config.load();
            return config;
        } catch (IOException | ConfigInvalidException e) {
            throw new GitException("cannot read git's configuration " + file + ": " + e.getMessage(), e);
        }
    }
}
