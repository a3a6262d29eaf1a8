// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import static io.kpromo.cli.Ran.kpromo;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.registry.Registry;
import io.kpromo.registry.RegistryOptions;
import io.kpromo.registry.sample.SampleImage;
import io.kpromo.trust.Identity;
import io.kpromo.trust.sigstore.SampleServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whom promotions ask that sign without a key. The way to all but this machine leads through a proxy that lets
/// nobody through.
class KeylessTest {
    private static final Identity.Certificate WHO =
            new Identity.Certificate("release@project.example", "https://accounts.example");

    @TempDir
    private Path folder;

    private Registry registry;
    private ClosedProxy proxy;
    private final SampleImage image =
            SampleImage.image().platforms("linux/amd64").layers(1).seed(1).build();

    @BeforeEach
    void open() throws IOException {
        registry = Registry.open(RegistryOptions.in(folder.resolve("registry")));
        image.pushTo(registry, "staging/app", "build-1");
        proxy = ClosedProxy.open();
    }

    @AfterEach
    void close() {
        registry.close();
        proxy.close();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", folder.toString());
        environment.put("HTTPS_PROXY", "http://" + proxy.host());
        environment.put("SIGSTORE_ID_TOKEN", SampleServices.token(WHO).reveal());
        return environment;
    }

    private Ran cip(String... more) throws IOException {
        Path manifest = Files.writeString(folder.resolve("m.yaml"), """
                registries:
                - {name: %1$s/staging, src: true}
                - {name: %1$s/prod}
                images:
                - {name: app, dmap: {"%2$s": ["1.0"]}}
                """.formatted(registry.host(), image.digest()));
        List<String> words = new ArrayList<>(List.of("cip", "--manifest", manifest.toString()));
        words.addAll(List.of(more));
        return kpromo(environment(), words.toArray(String[]::new));
    }

    @Test
    void thePublicSigstoreIsAskedForItsServicesWhereNoneIsNamed() throws IOException {
        Ran ran = cip("--confirm");

        assertThat(ran.code()).as(ran.err()).isEqualTo(1);
        assertThat(ran.err()).contains("cannot read Sigstore's root of trust");
        assertThat(proxy.asked()).isNotEmpty().containsOnly("tuf-repo-cdn.sigstore.dev:443");
        assertThat(registry.folder().repositories()).containsExactly("staging/app");
    }

    @Test
    void aServiceThatIsNamedIsUsedAndNobodyIsAskedForOthers() throws IOException {
        Ran ran = cip("--confirm", "--fulcio-url", "https://fulcio.sample.test");

        assertThat(ran.code()).as(ran.err()).isEqualTo(1);
        assertThat(ran.err()).contains("cannot get a certificate to sign with");
        assertThat(proxy.asked()).isNotEmpty().containsOnly("fulcio.sample.test:443");
    }

    @Test
    void aDryRunAsksNobody() throws IOException {
        Ran ran = cip();

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(proxy.asked()).isEmpty();
    }

    @Test
    void aTokenForSomebodyElseThanWhoIsExpectedIsRefusedBeforeAnybodyIsAsked() throws IOException {
        for (Ran ran : List.of(
                cip(
                        "--confirm",
                        "--certificate-identity=other@project.example",
                        "--certificate-oidc-issuer=https://accounts.example"),
                kpromo(
                        environment(),
                        "sigcheck",
                        "--confirm",
                        "--certificate-identity=other@project.example",
                        "--certificate-oidc-issuer=https://accounts.example",
                        registry.host() + "/staging/app:build-1"))) {
            assertThat(ran.code()).as(ran.err()).isEqualTo(2);
            assertThat(ran.err())
                    .contains("refused: this run would sign as release@project.example (https://accounts.example), but"
                            + " signatures count that are by other@project.example")
                    .doesNotContain(environment().get("SIGSTORE_ID_TOKEN"));
        }
        assertThat(proxy.asked()).isEmpty();
        assertThat(registry.folder().repositories()).containsExactly("staging/app");
    }
}
