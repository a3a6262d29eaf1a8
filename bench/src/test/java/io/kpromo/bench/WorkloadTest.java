// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkloadTest {
    @Test
    void theYardstickIsTheOneThatTheSpecificationDescribes() {
        Workload yardstick = Workload.of(8, 1000);

        assertThat(yardstick.distinctBlobs()).isEqualTo(100);
        assertThat(yardstick.sourceManifests()).isEqualTo(40);
        assertThat(yardstick.tags()).isEqualTo(16);
        assertThat(yardstick.leastRequests(10)).isEqualTo(3060);
    }

    @Test
    void theSameBytesComeOutEveryTime() {
        assertThat(Workload.of(1, 1000).images().getFirst().digest())
                .isEqualTo(Workload.of(1, 1000).images().getFirst().digest());
    }
}
