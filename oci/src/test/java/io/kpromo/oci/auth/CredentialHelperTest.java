// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.OciException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs that keep credentials, here small scripts.
@Timeout(60)
class CredentialHelperTest {
    @TempDir
    private Path folder;

    private Optional<Credential> get(Duration longest, String script) throws Exception {
        Path program = folder.resolve("docker-credential-test");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new CredentialHelper("test", "config.json", program.toString(), longest).get("r.example");
    }

    private Optional<Credential> get(String script) throws Exception {
        return get(Duration.ofSeconds(30), script);
    }

    @Test
    void itReadsTheRegistryAndAnswersInJson() throws Exception {
        assertThat(get("read server; echo \"{\\\"Username\\\":\\\"$1-$server\\\",\\\"Secret\\\":\\\"s\\\"}\""))
                .contains(new Credential.Basic("get-r.example", Secret.of("s")));
    }

    @Test
    void aTokenIsMarkedByItsName() throws Exception {
        assertThat(get("echo '{\"Username\":\"<token>\",\"Secret\":\"s\"}'"))
                .contains(new Credential.IdentityToken(Secret.of("s")));
    }

    @Test
    void nothingFoundIsNoFailure() throws Exception {
        assertThat(get("echo credentials not found in native keychain; exit 1")).isEmpty();
    }

    @Test
    void whatItSaysIsNotShownWhenItFails() {
        assertThatThrownBy(() -> get("echo s3cr3t; echo s3cr3t >&2; exit 3"))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("docker-credential-test")
                .hasMessageContaining("code 3")
                .hasMessageNotContaining("s3cr3t");
        assertThatThrownBy(() -> get("echo '{\"Secret\":\"s3cr3t'"))
                .hasMessageContaining("not JSON")
                .hasMessageNotContaining("s3cr3t")
                .hasNoCause();
    }

    @Test
    void oneThatHangsIsEnded() {
        assertThatThrownBy(() -> get(Duration.ofMillis(200), "exec sleep 600"))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("did not answer");
    }
}
