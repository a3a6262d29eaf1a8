// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What docker and podman have stored.
class AuthFileTest {
    private static final Credential HUGO = new Credential.Basic("hugo", Secret.of("secret:1"));
    private static final String HUGO_AUTH = "{\"auth\":\"aHVnbzpzZWNyZXQ6MQ==\"}";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("config.json");
    }

    private Optional<Credential> find(String json, String host, String path) throws Exception {
        Files.writeString(file, json);
        return new AuthFile(file).find(new Host(host), path);
    }

    @Test
    void aPairInBase64() throws Exception {
        assertThat(find("{\"auths\":{\"reg.example\":" + HUGO_AUTH + "}}", "reg.example", "a/b"))
                .contains(HUGO);
        assertThat(find("{\"auths\":{\"reg.example\":" + HUGO_AUTH + "}}", "reg.example:5000", "a/b"))
                .isEmpty();
    }

    @Test
    void keysThatAreAddresses() throws Exception {
        assertThat(find("{\"auths\":{\"https://reg.example/v2/\":" + HUGO_AUTH + "}}", "reg.example", "a"))
                .contains(HUGO);
        String hub = "{\"auths\":{\"https://index.docker.io/v1/\":" + HUGO_AUTH + "}}";
        assertThat(find(hub, "docker.io", "library/a")).contains(HUGO);
        assertThat(find(hub, "registry-1.docker.io", "library/a")).contains(HUGO);
    }

    @Test
    void theLongestKeyOfPodmansCounts() throws Exception {
        String json =
                "{\"auths\":{\"q.io\":{\"username\":\"all\",\"password\":\"p\"},\"q.io/team\":" + HUGO_AUTH + "}}";
        assertThat(find(json, "q.io", "team/app")).contains(HUGO);
        assertThat(find(json, "q.io", "teammate/app")).contains(new Credential.Basic("all", Secret.of("p")));
        assertThat(find("{\"auths\":{\"q.io/team\":" + HUGO_AUTH + "}}", "q.io", "other/app"))
                .isEmpty();
    }

    @Test
    void tokensOfBothKinds() throws Exception {
        assertThat(find("{\"auths\":{\"r.io\":{\"auth\":\"bm86bm8=\",\"identitytoken\":\"i\"}}}", "r.io", ""))
                .contains(new Credential.IdentityToken(Secret.of("i")));
        assertThat(find("{\"auths\":{\"r.io\":{\"registrytoken\":\"r\"}}}", "r.io", ""))
                .contains(new Credential.RegistryToken(Secret.of("r")));
    }

    @Test
    void nothingThereIsNothingFound() throws Exception {
        assertThat(new AuthFile(folder.resolve("none.json")).find(new Host("r.io"), ""))
                .isEmpty();
        assertThat(find("{}", "r.io", "")).isEmpty();
        assertThat(find("{\"auths\":{\"r.io\":{}}}", "r.io", "")).isEmpty();
    }

    @Test
    void aBrokenFileIsNamedAndNotShown() {
        assertThatThrownBy(() -> find("{\"auths\":{\"r.io\":{\"auth\":\"s3cr3t\"", "r.io", ""))
                .isInstanceOf(OciException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("s3cr3t")
                .hasNoCause();
        assertThatThrownBy(() -> find("{\"auths\":{\"r.io\":{\"auth\":\"s3cr3t!\"}}}", "r.io", ""))
                .hasMessageContaining("docker login")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void aHelperThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> find("{\"credHelpers\":{\"r.io\":\"surely-not-there\"}}", "r.io", ""))
                .hasMessageContaining("docker-credential-surely-not-there")
                .hasMessageContaining("r.io");
        assertThatThrownBy(() -> find("{\"credHelpers\":{\"r.io\":\"../../bin/sh\"}}", "r.io", ""))
                .isInstanceOf(OciException.class);
    }

    @Test
    void filesAreAskedInOrder() throws Exception {
        Path docker = Files.createDirectories(folder.resolve(".docker")).resolve("config.json");
        Path podman =
                Files.createDirectories(folder.resolve(".config/containers")).resolve("auth.json");
        Files.writeString(podman, "{\"auths\":{\"p.io\":" + HUGO_AUTH + ",\"d.io\":" + HUGO_AUTH + "}}");
        Files.writeString(docker, "{\"auths\":{\"d.io\":{\"username\":\"d\",\"password\":\"d\"}}}");
        CredentialSource stored = Credentials.stored(Map.of(), Optional.of(folder));
        assertThat(stored.find(new Host("p.io"), "")).contains(HUGO);
        assertThat(stored.find(new Host("d.io"), "")).contains(new Credential.Basic("d", Secret.of("d")));
        Files.writeString(file, "{\"auths\":{\"d.io\":" + HUGO_AUTH + "}}");
        assertThat(Credentials.stored(Map.of("REGISTRY_AUTH_FILE", file.toString()), Optional.of(folder))
                        .find(new Host("d.io"), ""))
                .contains(HUGO);
        assertThat(Credentials.stored(Map.of("DOCKER_CONFIG", folder.toString()), Optional.empty())
                        .find(new Host("d.io"), ""))
                .contains(HUGO);
    }

    @Test
    void nothingPrintsASecret() {
        assertThat(HUGO.toString()).doesNotContain("secret:1").contains("***");
        assertThat(new Credential.IdentityToken(Secret.of("abc")).toString()).doesNotContain("abc");
    }
}
