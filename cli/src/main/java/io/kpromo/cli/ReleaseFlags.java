// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.oci.InvalidNameException;
import io.kpromo.release.version.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The flags of commands that go through a release.
final class ReleaseFlags {
    private static final Pattern TIME = Pattern.compile("(?<number>[0-9]{1,6})(?<unit>[smh])");

    private final Access access;
    private String version = "";
    private String forge = "";
    private String wait = "";
    private Path base = Path.of("");
    private Optional<Path> trustedRoot = Optional.empty();

    ReleaseFlags(Root root) {
        this.access = new Access(root);
    }

    /// @param version whether one has to be named
    void describeVersion(Flags flags, boolean version) {
        flags.words(
                "VERSION",
                version ? "1" : "0..1",
                String.class,
                "As in v1.2.3."
                        + (version
                                ? ""
                                : " Default: the newest one that is tagged; before the first, the one in dependencies.yaml."),
                v -> this.version = v);
    }

    /// @param preset shown as the default
    void describeWait(Flags flags, String preset) {
        flags.text(
                "--wait",
                "TIME",
                "How long to wait for others: 90s, 30m, 2h. Default: " + preset + ".",
                time -> wait = time);
    }

    void describe(Flags flags) {
        flags.file("--base-path", "DIR", "Where release.yaml is. Default: this folder.", path -> base = path)
                .text(
                        "--forge",
                        "ADDRESS",
                        "Where the repository is: gitlab, https://HOST, or gitea=https://HOST. Default: what release.yaml"
                                + " says, or github.",
                        url -> forge = url)
                .file(
                        "--trusted-root",
                        "FILE",
                        "trusted_root.json of a Sigstore instance. Default: the public one's.",
                        file -> trustedRoot = Optional.of(file));
        access.describe(flags);
    }

    /// @throws UsageException where it is none
    Optional<Version> version() {
        try {
            return version.isEmpty() ? Optional.empty() : Optional.of(Version.of(version));
        } catch (InvalidNameException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /// @throws UsageException where it is no time
    Duration wait(Duration preset) {
        if (wait.isEmpty()) {
            return preset;
        }
        Matcher time = TIME.matcher(wait);
        if (!time.matches()) {
            throw new UsageException("--wait is a time as in 90s, 30m or 2h; got " + wait);
        }
        long number = Long.parseLong(time.group("number"));
        return switch (time.group("unit")) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    Access access() {
        return access;
    }

    String forge() {
        return forge;
    }

    /// Where `release.yaml` is.
    Path base() {
        return base.toAbsolutePath().normalize();
    }

    Optional<Path> trustedRoot() {
        return trustedRoot;
    }
}
