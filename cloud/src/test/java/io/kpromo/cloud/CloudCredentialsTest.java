// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Host;
import io.kpromo.oci.auth.CredentialProvider;
import io.kpromo.oci.auth.CredentialSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CloudCredentialsTest {
    @Test
    void theyAreFoundByTheServiceLoaderAndAskNobodyForOtherHosts() throws Exception {
        List<String> remarks = new ArrayList<>();
        CredentialProvider provider =
                ServiceLoader.load(CredentialProvider.class).findFirst().orElseThrow();
        CredentialSource source = provider.open(Map.of(), Optional.empty(), remarks::add);

        assertThat(source.find(new Host("registry.example"), "a/b")).isEmpty();
        assertThat(remarks).isEmpty();
    }

    @Test
    void googlesServersAreReachedThroughTheProxyOfTheEnvironment(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("user.json"), """
                {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "r"}""");
        Map<String, String> environment = Map.of(
                "GOOGLE_APPLICATION_CREDENTIALS", file.toString(), "HTTPS_PROXY", "http://name:password@127.0.0.1:1");
        CredentialSource source = new CloudCredentials().open(environment, Optional.empty(), remark -> {});

        assertThatThrownBy(() -> source.find(new Host("gcr.io"), ""))
                .hasMessageContaining("the proxy http://127.0.0.1:1 wants a password")
                .hasMessageNotContaining("name:password");
    }
}
