// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.OciException;
import io.kpromo.oci.auth.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();

    private AccessToken token(String text) {
        return new AccessToken(Secret.of(text), now.get().plus(Duration.ofHours(1)));
    }

    @Test
    void whatIsRefusedBeforeItsTimeIsForgottenAndNothingNewer() throws Exception {
        List<Optional<AccessToken>> told = new ArrayList<>();
        Remembered<AccessToken> token = new Remembered<>(
                refused -> {
                    told.add(refused);
                    return token("token " + told.size());
                },
                now::get);
        AccessToken first = token.get();

        assertThat(token.refused(first::equals)).isTrue();
        AccessToken second = token.get();
        assertThat(token.refused(first::equals)).as("who comes late").isTrue();

        assertThat(token.get()).isEqualTo(second).isNotEqualTo(first);
        assertThat(told).containsExactly(Optional.empty(), Optional.of(first));
    }

    @Test
    void whatCameInItsPlaceAndIsRefusedAtOnceIsKept() throws Exception {
        Remembered<AccessToken> token =
                new Remembered<>(refused -> token("token " + asked.incrementAndGet()), now::get);
        token.refused(token.get()::equals);
        AccessToken second = token.get();

        assertThat(token.refused(second::equals)).isFalse();
        assertThat(token.get()).isEqualTo(second);
        now.set(now.get().plus(Duration.ofMinutes(2)));
        assertThat(token.refused(second::equals)).isTrue();
        assertThat(token.get().text().reveal()).isEqualTo("token 3");
    }

    @Test
    void whoHasNothingToGiveIsNotAskedByEachInTurn() {
        Remembered<AccessToken> token = new Remembered<>(
                refused -> {
                    throw new OciException("nothing, for the " + asked.incrementAndGet() + ". time");
                },
                now::get);

        assertThatThrownBy(token::get).hasMessage("nothing, for the 1. time");
        assertThatThrownBy(token::get).hasMessage("nothing, for the 1. time");
        now.set(now.get().plus(Duration.ofMinutes(1)));
        assertThatThrownBy(token::get).hasMessage("nothing, for the 2. time");
    }

    @Test
    void aTokenIsAskedForAnewShortlyBeforeItExpires() throws Exception {
        Remembered<AccessToken> token =
                new Remembered<>(refused -> token("token " + asked.incrementAndGet()), now::get);
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
                refused -> {
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
