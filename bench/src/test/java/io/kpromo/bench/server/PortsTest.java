// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void theSamePortIsNeverGivenTwice() throws IOException {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertThat(given.add(Ports.next())).isTrue();
        }
    }

    @Test
    void aPortThatSomebodyListensOnIsNotGiven() throws IOException {
        int first = new Ports(30_000, new Random(1)).free();
        try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new Ports(30_000, new Random(1)).free())
                    .isNotEqualTo(taken.getLocalPort())
                    .isBetween(10_000, 29_999);
        }
    }

    @Test
    void whereNoneIsLeftThatIsSaid() throws IOException {
        Ports one = new Ports(10_001, new Random(1));
        try {
            one.free();
        } catch (IOException takenByOthers) {
            // then none was left from the beginning
        }

        assertThatThrownBy(one::free).hasMessageContaining("no port is free between 10000 and 10001");
    }
}
