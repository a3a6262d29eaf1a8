// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.OciException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RecentFailureTest {
    private final SetTime time = new SetTime();
    private final RecentFailure<String> failures = new RecentFailure<>(time);
    private int asked;

    @Test
    void whatFailedIsAskedForAgainAMinuteLater() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> failures.unless("a", this::fails)).hasMessage("failed");
        }
        assertThat(asked).isEqualTo(1);

        time.pass(Duration.ofSeconds(61));
        assertThatThrownBy(() -> failures.unless("a", this::fails)).hasMessage("failed");
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void anotherIsNotHeldUpByIt() throws Exception {
        assertThatThrownBy(() -> failures.unless("a", this::fails)).hasMessage("failed");

        assertThat(failures.<String>unless("b", () -> "fine")).isEqualTo("fine");
    }

    private String fails() {
        asked++;
        throw new OciException("failed");
    }
}
