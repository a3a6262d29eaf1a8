// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.http;

import static io.kpromo.oci.http.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.oci.http.ScriptedServer.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A host gets so many requests at a time, and no thread waits for longer than it has to.
class SlotsTest extends TransportFixture {
    @Test
    void anInterruptEndsAPauseAndASlotIsFreeAgain() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Script silent = peer -> {
            asked.countDown();
            peer.untilGone();
        };
        var options = TransportOptions.standard().withSlotsPerHost(1);
        try (var server = ScriptedServer.answering(silent, reply(200, "fine"));
                var transport = HttpTransport.open(options)) {
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    transport.send(Asking.get(server.host(), "/v2/"));
                } catch (InterruptedException e) {
                    outcome.complete(e);
                }
            });
            asked.await();
            caller.interrupt();
            assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
            assertThat(transport.send(Asking.get(server.host(), "/v2/"))).isEqualTo("fine");
        }
    }

    @Test
    void aHostGetsNoMoreRequestsAtATimeThanItHasSlots() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Script slow = peer -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            both.countDown();
            go.await();
            atOnce.decrementAndGet();
            reply(200, "").serve(peer);
        };
        try (var server = ScriptedServer.answering(slow);
                var transport = HttpTransport.open(TransportOptions.standard().withSlotsPerHost(2))) {
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                callers.add(Thread.ofVirtual().start(() -> {
                    try {
                        transport.send(Asking.get(server.host(), "/v2/"));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
            }
            both.await();
            go.countDown();
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(most.get()).isEqualTo(2);
            assertThat(server.requests()).hasSize(20);
            assertThat(server.connections()).isLessThanOrEqualTo(2);
        }
    }
}
