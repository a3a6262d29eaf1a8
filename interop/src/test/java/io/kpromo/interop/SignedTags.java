// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Sets up a clone so that git would sign tags in it, and lets git verify them in another clone.
final class SignedTags {
    private final Path tree;
    private final Path home;
    private final Foreign git;
    private final Foreign shell;

    /// @param tree a clone
    /// @param home of whoever signs
    SignedTags(Path tree, Path home) throws IOException, InterruptedException {
        this.tree = tree;
        this.home = home;
        this.git = Foreign.program("git", home);
        this.shell = Foreign.program("sh", home);
        configure("user.name", "Ann");
        configure("user.email", "ann@example.com");
    }

    private void configure(String key, String value) throws IOException, InterruptedException {
        git.text("-C", tree.toString(), "config", key, value);
    }

    void signWithSsh() throws IOException, InterruptedException {
        Path key = home.resolve("id");
        Foreign.program("ssh-keygen", home).text("-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        Files.writeString(home.resolve("signers"), "ann@example.com " + Files.readString(home.resolve("id.pub")));
        configure("gpg.format", "ssh");
        configure("user.signingKey", key.toString());
        configure("tag.gpgSign", "true");
    }

    void signWithGpg() throws IOException, InterruptedException {
        var onlyMine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectory(home.resolve(".gnupg"), onlyMine);
        Foreign.program("gpg", home)
                .text(
                        "--batch",
                        "--passphrase",
                        "",
                        "--quick-generate-key",
                        "Ann <ann@example.com>",
                        "ed25519",
                        "sign");
        configure("tag.gpgSign", "true");
    }

    /// What git says of a tag that it got from there.
    ///
    /// @throws AssertionError when it can't verify it
    String verified(String address, String tag) throws IOException, InterruptedException {
        Path clone = Files.createTempDirectory(home, "clone");
        git.text("clone", "--quiet", "--bare", address, clone.toString());
        return shell.text(
                "-c",
                "git -C '" + clone + "' -c gpg.ssh.allowedSignersFile='" + home.resolve("signers") + "' verify-tag "
                        + tag + " 2>&1");
    }

    /// Ends the agent that GnuPG began here.
    void end() throws IOException, InterruptedException {
        if (Files.exists(home.resolve(".gnupg"))) {
            Foreign.program("gpgconf", home).text("--kill", "gpg-agent");
        }
    }
}
