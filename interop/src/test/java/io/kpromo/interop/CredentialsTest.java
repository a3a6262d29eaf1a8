// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.kpromo.registry.sample.SampleImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Registries that ask for a password.
@Tag("interop")
class CredentialsTest {
    private static final String PASSWORD = "correct-horse-7";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void passwordsOfDockersConfigurationOpenTheRegistryAndAppearNowhere(Server.Kind kind)
            throws IOException, InterruptedException {
        Path htpasswd = Files.writeString(
                folder.resolve("htpasswd"),
                "robot:" + BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, PASSWORD.toCharArray()) + "\n");
        SampleImage image = SampleImage.image().layers(2).unpackable().build();
        try (Server staging = Server.Kind.KPROMO.start(folder.resolve("staging"), Optional.of(htpasswd));
                Server mirror = kind.start(folder.resolve("mirror"), Optional.of(htpasswd))) {
            login(PASSWORD, staging, mirror);
            Path layout = Layout.write(folder.resolve("layout"), image, "1.0");
            Foreign.program("crane", folder).text("push", layout.toString(), staging.host() + "/staging/app:1.0");
            Path manifest = Files.writeString(
                    folder.resolve("manifest.yaml"), """
                    registries:
                    - name: %s/staging
                      src: true
                    - name: %s/prod
                    images:
                    - name: app
                      dmap:
                        "%s": ["1.0"]
                    """.formatted(staging.host(), mirror.host(), image.digest()));
            login("wrong", staging, mirror);
            Path trace = folder.resolve("trace");

            Kpromo.Ended refused = Kpromo.at(folder).promote(manifest);
            login(PASSWORD, staging, mirror);
            Kpromo.Ended promoted = Kpromo.at(folder)
                    .run(
                            "cip",
                            "--manifest",
                            manifest.toString(),
                            "--confirm",
                            "--sign=false",
                            "--log-level=trace",
                            "--trace-requests",
                            trace.toString());

            assertThat(refused.exit()).as(refused.story()).isEqualTo(1);
            assertThat(refused.err()).contains("401").contains(mirror.host());
            assertThat(promoted.exit()).as(promoted.story()).isZero();
            assertThat(promoted.story() + Files.readString(trace))
                    .doesNotContain(PASSWORD)
                    .doesNotContain(auth(PASSWORD));
            assertThat(Foreign.program("crane", folder).text("digest", mirror.host() + "/prod/app:1.0"))
                    .isEqualTo(image.digest().toString());
        }
    }

    private void login(String password, Server... servers) throws IOException {
        StringBuilder auths = new StringBuilder();
        for (Server server : servers) {
            auths.append(auths.isEmpty() ? "" : ",")
                    .append("\"%s\":{\"auth\":\"%s\"}".formatted(server.host(), auth(password)));
        }
        Files.writeString(folder.resolve("config.json"), "{\"auths\":{" + auths + "}}");
    }

    private static String auth(String password) {
        return Base64.getEncoder().encodeToString(("robot:" + password).getBytes(StandardCharsets.UTF_8));
    }
}
