// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.auth.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aTokenIsAskedForAnewShortlyBeforeItExpires() throws Exception {
        Remembered<AccessToken> token = new Remembered<>(
                () -> new AccessToken(
                        Secret.of("token " + asked.incrementAndGet()), now.get().plus(Duration.ofHours(1))),
                now::get);
        assertThat(token.get().text().reveal()).isEqualTo("token 1");
        now.set(now.get().plus(Duration.ofMinutes(57)));
        assertThat(token.get().text().reveal()).isEqualTo("token 1");
        now.set(now.get().plus(Duration.ofMinutes(2)));
        assertThat(token.get().text().reveal()).isEqualTo("token 2");
    }

    @Test
    void keysWithoutAnEndAreAskedForOnce() throws Exception {
        Map<String, String> variables = Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "not-to-be-shown");
        Remembered<AccessKeys> keys = new Remembered<>(
                () -> {
                    asked.incrementAndGet();
                    return AccessKeys.of(variables).orElseThrow();
                },
                now::get);
        keys.get();
        now.set(now.get().plus(Duration.ofDays(9)));
        assertThat(keys.get().id()).isEqualTo("id");
        assertThat(asked).hasValue(1);
        assertThat(keys.get().toString()).doesNotContain("not-to-be-shown");
    }

    @Test
    void keysOfVariablesNeedBothHalves() {
        assertThat(AccessKeys.of(Map.of("AWS_ACCESS_KEY_ID", "id"))).isEqualTo(Optional.empty());
        assertThat(AccessKeys.of(Map.of("AWS_SECRET_ACCESS_KEY", "x"))).isEmpty();
    }
}
