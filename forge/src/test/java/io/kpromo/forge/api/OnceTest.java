// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.ConflictException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OnceTest {
    private final LostAnswerException lost = new LostAnswerException("no answer", new IOException("reset"));
    private final RefusedException taken = new RefusedException("make it: 409", 409, "there is one");
    private final RefusedException forbidden = new RefusedException("make it: 403", 403, "no");

    private final List<String> done = new ArrayList<>();

    private Once<String> once(Once.Order<String> order, Optional<String> there) {
        return new Once<>(
                () -> {
                    done.add("order");
                    return order.send();
                },
                () -> {
                    done.add("look");
                    return there;
                });
    }

    private static Once.Order<String> fails(RuntimeException how) {
        return () -> {
            throw how;
        };
    }

    @Test
    void whatWasAnsweredIsNotLookedFor() throws InterruptedException {
        assertThat(once(() -> "new", Optional.of("old")).made()).isEqualTo("new");
        assertThat(done).containsExactly("order");
    }

    @Test
    void aLostAnswerIsFollowedByALook() throws InterruptedException {
        assertThat(once(fails(lost), Optional.of("new")).made()).isEqualTo("new");
        assertThatThrownBy(() -> once(fails(lost), Optional.empty()).made()).isSameAs(lost);
        assertThatThrownBy(() -> once(fails(forbidden), Optional.of("old")).made())
                .isSameAs(forbidden);
        assertThat(done).containsExactly("order", "look", "order", "look", "order");
    }

    @Test
    void whatTheForgeHasAlreadyIsFoundOrAConflict() throws InterruptedException {
        assertThat(once(fails(taken), Optional.of("old")).madeOrThere(refused -> refused.status() == 409))
                .isEqualTo("old");
        assertThatThrownBy(() -> once(fails(taken), Optional.empty()).madeOrThere(refused -> refused.status() == 409))
                .isSameAs(taken);
        assertThatThrownBy(() -> once(fails(taken), Optional.of("old"))
                        .madeHere(refused -> refused.status() == 409, "make tag v1"))
                .isInstanceOf(ConflictException.class)
                .hasMessage("make tag v1: there is one");
        assertThatThrownBy(() -> once(fails(forbidden), Optional.of("old"))
                        .madeHere(refused -> refused.status() == 409, "make tag v1"))
                .isSameAs(forbidden);
    }

    @Test
    void whatWouldBeThereTwiceIsLookedForFirst() throws InterruptedException {
        assertThat(once(() -> "new", Optional.of("old")).lookedFirst()).isEqualTo("old");
        assertThat(once(() -> "new", Optional.empty()).lookedFirst()).isEqualTo("new");
        assertThat(done).containsExactly("look", "look", "order");
    }

    @Test
    void whatIsPutThereCountsOnlyWhereItIsJustThat() throws InterruptedException {
        assertThat(Once.putting("it", fails(lost), () -> Optional.of("it")).made())
                .isEqualTo("it");
        assertThatThrownBy(() -> Once.putting("it", fails(lost), () -> Optional.of("another"))
                        .made())
                .isSameAs(lost);
    }
}
