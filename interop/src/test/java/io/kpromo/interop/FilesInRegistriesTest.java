// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files that kpromo put into registries, as others fetch them: oras by their version, curl by their SHA-256; and
/// cosign verifies what was signed.
@Tag("interop")
class FilesInRegistriesTest {
    private static final int LARGE = 9 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void othersFetchAndVerifyWhatWasPromoted(Server.Kind kind) throws IOException, InterruptedException {
        byte[] large = new byte[LARGE];
        new Random(1).nextBytes(large);
        stage("v1.2.3/linux/Tool", "content\n".getBytes(StandardCharsets.UTF_8));
        stage("v1.2.3/large.bin", large);
        try (Server server = kind.start(folder.resolve("server"), Optional.empty())) {
            promote(server);

            String host = server.host();
            fetched(host + "/prod/linux/tool:v1.2.3", "Tool");
            fetched(host + "/prod/large.bin:v1.2.3", "large.bin");
            byCurl(host, "linux/tool", "v1.2.3/linux/Tool");
            byCurl(host, "large.bin", "v1.2.3/large.bin");
            Foreign.program("cosign", folder)
                    .run(
                            Map.of(),
                            "verify",
                            "--key=" + folder.resolve("signer.pub"),
                            "--insecure-ignore-tlog=true",
                            "--allow-http-registry",
                            host + "/prod/linux/tool:v1.2.3");
        }
    }

    private void stage(String name, byte[] content) throws IOException {
        Path file = folder.resolve("staging").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private void promote(Server server) throws IOException, InterruptedException {
        Path filestores = Files.writeString(folder.resolve("filestores.yaml"), """
                filestores:
                - base: file://%s/staging
                  src: true
                - base: oci://%s/prod
                """.formatted(folder, server.host()));
        Kpromo kpromo = Kpromo.at(folder).signing();
        Kpromo.Ended listed = kpromo.run(
                "manifest", "files", "--src", folder.resolve("staging").toString());
        assertThat(listed.exit()).as(listed.story()).isZero();
        Path files = Files.writeString(folder.resolve("files.yaml"), listed.out());

        Kpromo.Ended promoted = kpromo.run(
                "run",
                "files",
                "--filestores=" + filestores,
                "--files=" + files,
                "--key=" + folder.resolve("signer.key"),
                "--confirm");

        assertThat(promoted.exit()).as(promoted.story()).isZero();
        assertThat(promoted.err()).contains("done: 2 copied (edges); 2 signed");
    }

    /// By the name and version alone: oras writes the file under its title.
    private void fetched(String reference, String title) throws IOException, InterruptedException {
        Path into = Files.createTempDirectory(folder, "pulled");
        Foreign.program("oras", folder).text("pull", "--plain-http", "--output", into.toString(), reference);
        assertThat(into.resolve(title)).hasSameBinaryContentAs(original(title));
    }

    private Path original(String title) throws IOException {
        try (var all = Files.walk(folder.resolve("staging"))) {
            return all.filter(file -> file.endsWith(title)).findFirst().orElseThrow();
        }
    }

    /// By the SHA-256 of the file, which is the digest of its layer.
    private void byCurl(String host, String repository, String name) throws IOException, InterruptedException {
        Path file = folder.resolve("staging").resolve(name);
        String digest = Digest.sha256(Files.readAllBytes(file)).toString();
        byte[] read = Foreign.program("curl", folder)
                .bytes("-fsSL", "http://" + host + "/v2/prod/" + repository + "/blobs/" + digest);
        assertThat(read).isEqualTo(Files.readAllBytes(file));
    }
}
