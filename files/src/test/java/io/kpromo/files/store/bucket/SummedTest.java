// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kpromo.files.store.fake.SampleFile;
import java.io.InputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummedTest {
    private final byte[] content = SampleFile.bytes(10_000, 4);
    private final SampleFile file = SampleFile.large(content);
    private final Summed summed = new Summed();

    private void send(int from, int bytes) throws Exception {
        try (InputStream in =
                summed.counting(from, file.part(from, content.length - from)).open()) {
            assertThat(in.readNBytes(bytes)).hasSize(bytes);
        }
    }

    @Test
    void whatIsSentTwiceCountsOnce() throws Exception {
        send(0, 6000);
        send(2000, 1000);
        send(2500, 5000);
        assertThat(summed.reached()).isEqualTo(7500);
        send(7500, 2500);

        assertThat(Optional.of(summed.crc32c()))
                .isEqualTo(SampleFile.sums(content).crc32c());
    }

    @Test
    void nothingMayBeLeftOut() {
        assertThatIllegalArgumentException().isThrownBy(() -> summed.counting(1, file.part(1, 2)));
    }
}
