// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.SignIn;
import io.kpromo.oci.http.TransportListener;
import io.kpromo.oci.http.TransportOptions;
import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultKeysTest {
    private static final Bytes MESSAGE = Bytes.of("to be signed");

    private final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard(), SignIn.nowhere(), TransportListener.none());

    @TempDir
    Path home;

    @AfterEach
    void close() {
        transport.close();
    }

    @ParameterizedTest
    @CsvSource({"ecdsa-p256, EC secp256r1", "ecdsa-p384, EC secp384r1", "ed25519, Ed25519"})
    void aKeyOfVaultSigns(String type, String kind) throws IOException, InterruptedException {
        KeyPair pair = TestKeys.pair(kind);
        try (FakeVault vault = new FakeVault("transit", type, pair)) {
            SigningKey key = keys(Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", FakeVault.TOKEN))
                    .open("hashivault://release");

            assertThat(key.publicKey()).isEqualTo(pair.getPublic());
            for (int i = 0; i < 2; i++) {
                Bytes signature = key.sign(MESSAGE);
                assertThat(KeyKind.of(pair.getPublic()).verifies(pair.getPublic(), MESSAGE, signature))
                        .isTrue();
            }
            String sign = "POST /v1/transit/sign/release" + (type.equals("ed25519") ? "" : "/sha2-256");
            assertThat(vault.asked())
                    .as("the key is asked for once")
                    .containsExactly("GET /v1/transit/keys/release", sign, sign);
        }
    }

    @Test
    void theTokenMayBeInItsFileAndTheEngineElsewhere() throws IOException, InterruptedException {
        Files.writeString(home.resolve(".vault-token"), FakeVault.TOKEN + "\n");
        try (FakeVault vault = new FakeVault("team/keys", "ecdsa-p256", TestKeys.pair("EC secp256r1"))) {
            SigningKey key = keys(Map.of(
                            "VAULT_ADDR", vault.address() + "/", "TRANSIT_SECRET_ENGINE_PATH", "team/keys"))
                    .open("hashivault://release");

            key.sign(MESSAGE);

            assertThat(vault.asked())
                    .containsExactly("GET /v1/team/keys/keys/release", "POST /v1/team/keys/sign/release/sha2-256");
        }
    }

    @Test
    void theNamespaceIsToldInEachRequest() throws IOException, InterruptedException {
        try (FakeVault vault = FakeVault.usual()) {
            Map<String, String> around = Map.of(
                    "VAULT_ADDR", vault.address(), "VAULT_TOKEN", FakeVault.TOKEN, "VAULT_NAMESPACE", "team/release");

            keys(around).open("hashivault://release").sign(MESSAGE);

            assertThat(vault.namespaces()).containsExactly("team/release", "team/release");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VAULT_CACERT, /etc/vault/ca.pem, https://vault.example:8200, vault.example:8200",
        "VAULT_CAPATH, /etc/vault/certs, https://vault.example/, vault.example",
        "VAULT_CACERT, /etc/vault/ca.pem, http://127.0.0.1:8200,",
        "VAULT_CACERT, /etc/vault/ca.pem, nowhere,",
        "VAULT_CACERT, '', https://vault.example:8200,",
    })
    void whoVouchesForVaultVouchesForNobodyElse(String variable, String place, String address, @Nullable String host) {
        assertThat(VaultAddress.authorities(Map.of("VAULT_ADDR", address, variable, place)))
                .isEqualTo(host == null ? Map.of() : Map.of(new Host(host), Path.of(place)));
    }

    @Test
    void theFileGoesBeforeTheFolder() {
        assertThat(VaultAddress.authorities(Map.of(
                        "VAULT_ADDR", "https://vault.example", "VAULT_CACERT", "/file", "VAULT_CAPATH", "/folder")))
                .containsValue(Path.of("/file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "TRUE", "t"})
    void whoWantsCertificatesNotToBeCheckedIsRefused(String skip) {
        refused(
                Map.of("VAULT_ADDR", "https://127.0.0.1:1", "VAULT_TOKEN", "t", "VAULT_SKIP_VERIFY", skip),
                "VAULT_SKIP_VERIFY is set, but kpromo always checks certificates");
    }

    @Test
    void withoutTlsThereIsNothingToSkip() throws IOException, InterruptedException {
        try (FakeVault vault = FakeVault.usual()) {
            SigningKey key = keys(Map.of(
                            "VAULT_ADDR", vault.address(), "VAULT_TOKEN", FakeVault.TOKEN, "VAULT_SKIP_VERIFY", "true"))
                    .open("hashivault://release");

            assertThat(key.publicKey()).isEqualTo(vault.pair.getPublic());
        }
    }

    @Test
    void nothingIsAskedBeforeTheKeyIsUsed() throws IOException {
        try (FakeVault vault = new FakeVault("transit", "ecdsa-p256", TestKeys.pair("EC secp256r1"))) {
            keys(Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", FakeVault.TOKEN))
                    .open("hashivault://release");

            assertThat(vault.asked()).isEmpty();
        }
    }

    @Test
    void aRefusalSaysWhyAndNotTheToken() throws IOException {
        try (FakeVault vault = new FakeVault("transit", "ecdsa-p256", TestKeys.pair("EC secp256r1"))) {
            SigningKey key = keys(Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", "hvs.another"))
                    .open("hashivault://release");

            assertThatExceptionOfType(OciException.class)
                    .isThrownBy(key::publicKey)
                    .withMessageStartingWith("cannot use the key hashivault://release: 403 after 1 try (GET ")
                    .withMessageEndingWith("permission denied")
                    .satisfies(e -> assertThat(e.toString()).doesNotContain("hvs."));
        }
    }

    @Test
    void aSignatureThatDoesNotVerifyIsNotGivenOut() throws IOException {
        try (FakeVault vault = new FakeVault("transit", "ecdsa-p256", TestKeys.pair("EC secp256r1")).lying()) {
            SigningKey key = keys(Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", FakeVault.TOKEN))
                    .open("hashivault://release");

            assertThatExceptionOfType(TrustException.class)
                    .isThrownBy(() -> key.sign(MESSAGE))
                    .withMessage(
                            "cannot sign with the key hashivault://release: what the service signed does not verify"
                                    + " with the public key that it gave");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hashivault://", "hashivault://a/b", "hashivault://..", "hashivault://a?b", "hashivault://a%2fb"
            })
    void aNameThatWouldLeadElsewhereIsRefused(String reference) {
        Map<String, String> around = Map.of("VAULT_ADDR", "http://127.0.0.1:1", "VAULT_TOKEN", FakeVault.TOKEN);

        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> keys(around).open(reference).publicKey())
                .withMessageContaining("is not named as hashivault://NAME");
    }

    @Test
    void whatIsMissingIsSaid() {
        refused(Map.of(), "VAULT_ADDR is not set");
        refused(Map.of("VAULT_ADDR", "https://127.0.0.1:1"), "there is no token; set VAULT_TOKEN");
        refused(
                Map.of("VAULT_ADDR", "https://127.0.0.1:1", "VAULT_TOKEN", "t", "VAULT_NAMESPACE", "a\r\nb"),
                "VAULT_NAMESPACE is no name");
        refused(Map.of("VAULT_ADDR", "nowhere", "VAULT_TOKEN", "t"), "is not the address of a service");
    }

    @Test
    void anUnknownSchemeIsRefused() {
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> keys(Map.of()).open("azurekms://key"))
                .withMessageStartingWith("no keys are known by azurekms://");
        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> keys(Map.of()).open("gcpkms://projects/p"))
                .withMessageContaining("need the folder \"cloud\"");
    }

    @Test
    void aFileIsReadWithItsPassword() throws InterruptedException {
        Path file = TestKeys.write(home, TestKeys.OF_COSIGN);

        assertThat(Keys.pem(keys(Map.of()).open(file.toString()).publicKey())).isEqualTo(TestKeys.PUBLIC_OF_COSIGN);
    }

    private void refused(Map<String, String> around, String said) {
        assertThatExceptionOfType(OciException.class)
                .isThrownBy(() -> keys(around).open("hashivault://release").publicKey())
                .withMessageContaining(said);
    }

    private SigningKeys keys(Map<String, String> environment) {
        return new SigningKeys(
                () -> new KeyServices(environment, Optional.of(home), transport),
                List::of,
                file -> TestKeys.SECRET.get());
    }
}
