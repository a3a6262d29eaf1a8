// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kpromo.oci.auth.Secret;
import io.kpromo.trust.key.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/// The files of the release of a tool, and the key that it is signed with.
///
/// @param home of who releases, and of who verifies
record ReleaseFiles(Path home) {
    /// `release.yaml`; the key lies beside the work tree.
    static final String CONFIG = """
        repository: team/tool
        release:
          assets: [dist/*]
          key: ../cosign.key
        """;

    /// All files that the release has in the end.
    static final List<String> NAMES = List.of("tool 1.tar.gz", "tool.txt", "sha256sums", "sha256sums.sigstore.json");

    private static final String PASSWORD = "open sesame";

    /// Builds what is to be released.
    ///
    /// @param tree a clone; its git is told that `dist` is no part of it
    static ReleaseFiles built(Path tree, Path home) throws IOException {
        Files.createDirectories(tree.resolve(".git/info"));
        Files.writeString(tree.resolve(".git/info/exclude"), "dist/\n");
        Path dist = Files.createDirectories(tree.resolve("dist"));
        byte[] odd = new byte[70_000];
        odd[7] = '\r';
        odd[8] = '\n';
        Files.write(dist.resolve("tool 1.tar.gz"), odd);
        Files.writeString(dist.resolve("tool.txt"), "--\r\n\r\n--");
        if (!Files.exists(home.resolve("cosign.key"))) {
            Keys.generate(Secret.of(PASSWORD), new SecureRandom())
                    .write(home.resolve("cosign.key"), home.resolve("cosign.pub"));
        }
        return new ReleaseFiles(home);
    }

    /// Performs one step of release v1.0.0.
    static Kpromo.Ended step(Kpromo kpromo, Path tree, String forge, String step)
            throws IOException, InterruptedException {
        return kpromo.with("COSIGN_PASSWORD", PASSWORD)
                .run("release", step, "v1.0.0", "--base-path", tree.toString(), "--forge", forge, "--confirm");
    }

    /// Lets `sha256sum` and cosign look at what somebody downloaded.
    void assertProven(Path got) throws IOException, InterruptedException {
        try (var files = Files.list(got)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(NAMES);
        }
        assertThat(Foreign.program("sh", home).text("-c", "cd '" + got + "' && sha256sum --check sha256sums"))
                .contains("tool 1.tar.gz: OK")
                .contains("tool.txt: OK");
        for (String name : NAMES.subList(0, 3)) {
            cosign(got, name);
        }
        Path changed = Files.writeString(got.resolve("tool.txt"), "--\r\n\r\n-!");
        assertThat(catchThrowable(() -> cosign(got, changed.getFileName().toString())))
                .isInstanceOf(AssertionError.class);
    }

    private void cosign(Path got, String name) throws IOException, InterruptedException {
        Foreign.program("cosign", home)
                .run(
                        Map.of(),
                        "verify-blob-attestation",
                        "--bundle=" + got.resolve("sha256sums.sigstore.json"),
                        "--key=" + home.resolve("cosign.pub"),
                        "--type=https://in-toto.io/attestation/release/v0.1",
                        "--insecure-ignore-tlog=true",
                        got.resolve(name).toString());
    }
}
