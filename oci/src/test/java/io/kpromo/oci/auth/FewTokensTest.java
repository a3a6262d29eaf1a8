// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.auth;

import static io.kpromo.oci.auth.GuardedRegistry.HUGO;
import static io.kpromo.oci.auth.GuardedRegistry.ask;
import static io.kpromo.oci.auth.GuardedRegistry.scope;
import static io.kpromo.oci.auth.GuardedRegistry.transport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.concurrent.Threads;
import io.kpromo.oci.concurrent.Threads.Running;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How rarely registries and their token endpoints are asked who we are.
@Timeout(60)
class FewTokensTest {
    @Test
    void aChallengeIsAnsweredOnceAndRemembered() throws Exception {
        try (GuardedRegistry place = GuardedRegistry.giving();
                HttpTransport transport = place.transport(HUGO)) {
            for (int i = 0; i < 10; i++) {
                assertThat(transport.send(ask(place, scope("a/b", "pull")))).isEqualTo("fine");
            }
            assertThat(place.registry().requests()).hasSize(11);
            assertThat(place.realm().lines())
                    .containsExactly("GET /token?service=here&scope=repository%3Aa%2Fb%3Apull");
            assertThat(place.realm().requests().getFirst().header("authorization"))
                    .isEqualTo(HUGO.header());
            assertThat(transport.counts().of(Kind.TOKEN).requests()).isEqualTo(1);
        }
    }

    @Test
    void aTokenThatAllowsMoreServesForLess() throws Exception {
        try (GuardedRegistry place = GuardedRegistry.giving();
                HttpTransport transport = place.transport(HUGO)) {
            transport.send(ask(place, scope("a/b", "pull,push"), scope("c/d", "pull")));
            transport.send(ask(place, scope("a/b", "pull")));
            transport.send(ask(place, scope("c/d", "pull")));
            transport.send(ask(place, scope("a/b", "pull,push")));
            assertThat(place.realm().lines())
                    .containsExactly(
                            "GET /token?service=here&scope=repository%3Aa%2Fb%3Apull%2Cpush&scope=repository%3Ac%2Fd%3Apull");
            transport.send(ask(place, scope("c/d", "pull,push")));
            assertThat(place.realm().requests()).hasSize(2);
        }
    }

    @Test
    void aTokenThatIsNoLongerTakenIsReplacedOnce() throws Exception {
        try (GuardedRegistry place = GuardedRegistry.giving();
                HttpTransport transport = place.transport(HUGO)) {
            transport.send(ask(place, scope("a/b", "pull")));
            place.take("another");
            assertThat(transport.send(ask(place, scope("a/b", "pull")))).isEqualTo("fine");
            assertThat(place.realm().requests()).hasSize(2);
            assertThat(place.registry().requests()).hasSize(4);
        }
    }

    @Test
    void aHundredAtOnceCostOneChallengeAndOneToken() throws Exception {
        try (GuardedRegistry place = GuardedRegistry.giving();
                HttpTransport transport = place.transport(HUGO);
                Threads threads = new Threads()) {
            List<Running<String>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(threads.run(() -> transport.send(ask(place, scope("a/b", "pull")))));
            }
            for (Running<String> one : all) {
                assertThat(one.get()).isEqualTo("fine");
            }
            assertThat(place.realm().requests()).hasSize(1);
            assertThat(place.registry().requests()).hasSize(101);
        }
    }

    @Test
    void whoeverGivesUpWhileFetchingATokenDoesNotSpoilItForTheNext() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger tokens = new AtomicInteger();
        GuardedRegistry.Realm slowFirst = self -> peer -> {
            if (tokens.incrementAndGet() == 1) {
                asked.countDown();
                peer.untilGone();
            } else {
                self.give().serve(peer);
            }
        };
        try (GuardedRegistry place = new GuardedRegistry(slowFirst);
                HttpTransport transport = place.transport(HUGO);
                Threads threads = new Threads()) {
            Running<String> impatient = threads.run(() -> transport.send(ask(place, scope("a/b", "pull"))));
            Threads.await(asked);
            Running<String> second = threads.run(() -> transport.send(ask(place, scope("a/b", "pull"))))
                    .untilItWaits();
            impatient.interrupt();
            assertThatThrownBy(impatient::get).hasCauseInstanceOf(InterruptedException.class);
            assertThat(second.get()).isEqualTo("fine");
            assertThat(tokens).hasValue(2);
        }
    }
}
