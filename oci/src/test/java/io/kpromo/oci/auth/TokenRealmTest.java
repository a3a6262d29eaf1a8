// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.Host;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may see a registry's credentials.
class TokenRealmTest {
    @ParameterizedTest
    @CsvSource({
        "registry-1.docker.io, auth.docker.io, true",
        "index.docker.io, auth.docker.io, true",
        "gcr.io, gcr.io, true",
        "ghcr.io, ghcr.io, true",
        "registry.gitlab.com, gitlab.com, true",
        "registry.example.com, sso.corp.example.com, true",
        "registry.example.com:5000, registry.example.com:5001, true",
        "registry.firm.co.uk, auth.firm.co.uk, true",
        "localhost:5000, 127.0.0.1:5001, true",
        "registry.example.com, auth.example.org, false",
        "registry.firm.co.uk, evil.co.uk, false",
        "us-docker.pkg.dev, evil.pkg.dev, false",
        "firm.azurecr.io, evil.azurecr.io, false",
        "1.dkr.ecr.eu-west-1.amazonaws.com, evil.s3.amazonaws.com, false",
        "firm.github.io, evil.github.io, false",
        "firm.jfrog.io, evil.jfrog.io, false",
        "10.1.2.3, 10.1.2.4, false",
        "10.1.2.3:5000, 10.1.2.3:5001, true",
        "registry, auth, false",
        "lscr.io, ghcr.io, false",
        "docker.io.evil.com, auth.docker.io, false",
        "evildocker.io, auth.docker.io, false"
    })
    void credentialsGoToTheSameOwnerOnly(String registry, String realm, boolean trusted) {
        assertThat(TokenRealm.of(new Host(registry), "https://" + realm + "/token", Set.of())
                        .orElseThrow()
                        .trusted())
                .isEqualTo(trusted);
    }

    @Test
    void aPersonCanAllowAnother() {
        Host registry = new Host("registry.example.com");
        String realm = "https://auth.example.org/token";
        assertThat(TokenRealm.of(registry, realm, Set.of(new Host("auth.example.org")))
                        .orElseThrow()
                        .trusted())
                .isTrue();
        assertThat(TokenRealm.of(registry, "http://auth.example.org/token", Set.of(new Host("auth.example.org")))
                        .orElseThrow()
                        .trusted())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token",
                "ftp://registry.example.com/",
                "https:///token",
                "https://user:pw@registry.example.com/",
                "https://a b/",
                "https://registry.example.com/#x",
                "javascript:alert(1)",
                "https://a_b/token"
            })
    void whatIsNoAddressIsNotAsked(String realm) {
        assertThat(TokenRealm.of(new Host("registry.example.com"), realm, Set.of()))
                .isEmpty();
    }

    @Property(tries = 500)
    void anyRealmIsReadWithoutFailing(@ForAll String realm) {
        assertThat(TokenRealm.of(new Host("registry.example.com"), realm, Set.of()))
                .isNotNull();
    }
}
