// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.trust.Bytes;
import io.kpromo.trust.TrustException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningConfigTest {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private static SigningConfig config(String logChoice, String more) {
        return SigningConfig.parse(Bytes.of("""
                {"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json",
                 "caUrls":[
                  {"url":"https://old.example","majorApiVersion":1,"validFor":{"start":"2025-01-01T00:00:00Z","end":"2026-01-01T00:00:00Z"},"operator":"a"},
                  {"url":"https://new.example","majorApiVersion":1,"validFor":{"start":"2026-01-01T00:00:00Z"},"operator":"a"}],
                 "rekorTlogUrls":[
                  {"url":"https://one.example","majorApiVersion":1,"validFor":{"start":"2026-01-01T00:00:00Z"},"operator":"a"},
                  {"url":"https://two.example","majorApiVersion":2,"validFor":{"start":"2026-01-01T00:00:00Z"},"operator":"a"},
                  {"url":"https://three.example","majorApiVersion":3,"validFor":{"start":"2026-01-01T00:00:00Z"},"operator":"a"},
                  {"url":"https://other.example","majorApiVersion":1,"validFor":{"start":"2026-01-01T00:00:00Z"},"operator":"b"}],
                 "rekorTlogConfig":%s,
                 "tsaUrls":[{"url":"https://time.example/api/v1/timestamp","majorApiVersion":1,"validFor":{"start":"2026-01-01T00:00:00Z"},"operator":"a"}],
                 "tsaConfig":{"selector":"ANY"}%s}""".formatted(logChoice, more)), "signing_config.json");
    }

    private static List<String> logs(String choice) {
        return config(choice, "").at(NOW).logs().stream()
                .map(log -> log.version() + " " + log.address().getHost())
                .toList();
    }

    @Test
    void servicesAreThoseOfferedNowInTheNewestVersionWeKnow() {
        SigningServices services = config("{\"selector\":\"ANY\"}", "").at(NOW);

        assertThat(services.authority()).isEqualTo(URI.create("https://new.example"));
        assertThat(services.logs())
                .containsExactly(new SigningServices.LogService(URI.create("https://two.example"), 2));
        assertThat(services.timestampAuthorities())
                .containsExactly(URI.create("https://time.example/api/v1/timestamp"));
    }

    @Test
    void asManyOperatorsAsTheConfigWants() {
        assertThat(logs("{\"selector\":\"ALL\"}")).containsExactly("2 two.example", "1 other.example");
        assertThat(logs("{\"selector\":\"EXACT\",\"count\":2}")).containsExactly("2 two.example", "1 other.example");
        assertThatThrownBy(() -> logs("{\"selector\":\"EXACT\",\"count\":3}"))
                .isInstanceOf(TrustException.class)
                .hasMessageContaining("offers 2 of the 3 log services");
    }

    @Test
    void nothingIsOfferedBeforeItsTime() {
        assertThatThrownBy(() -> config("{\"selector\":\"ANY\"}", "").at(Instant.parse("2024-01-01T00:00:00Z")))
                .isInstanceOf(TrustException.class)
                .hasMessageContaining("offers 0 of the 1 certificate authority");
    }

    @Test
    void anotherVersionOfTheFormatIsRefused() {
        assertThatThrownBy(() -> SigningConfig.parse(
                        Bytes.of("{\"mediaType\":\"application/vnd.dev.sigstore.signingconfig.v0.1+json\"}"), "config"))
                .hasMessageContaining("v0.2+json");
    }
}
