// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sources that break off, change, or have something else: nothing of it is ever shown.
@Timeout(60)
class LyingSourceTest extends PromotionFixture {
    @Test
    void aSourceOfOtherContentIsNeverShownAnywhere() throws Exception {
        for (FileOptions options : List.of(CONFIRMED, STREAMED)) {
            byte[] other = random(1_000_000);
            source.holding("kubectl", other);
            want("kubectl", LARGE, one, two);
            FileOutcome outcome = run(options);
            assertThat(failures(outcome))
                    .hasSize(2)
                    .allSatisfy(failure -> assertThat(failure)
                            .contains("gs://staging/kubectl")
                            .contains("the source sent " + Digest.sha256(other)));
            assertThat(one.names()).isEmpty();
            assertThat(two.names()).isEmpty();
        }
    }

    @Test
    void anEmptySourceIsNotTakenForAnyOtherContent() throws Exception {
        for (FileOptions options : List.of(CONFIRMED, STREAMED)) {
            source.holding("kubectl", new byte[0]);
            want("kubectl", LARGE, one, two);
            assertThat(failures(run(options)))
                    .hasSize(2)
                    .allSatisfy(
                            failure -> assertThat(failure).contains("the source sent " + Digest.sha256(new byte[0])));
            assertThat(one.names()).isEmpty();
            assertThat(two.names()).isEmpty();
        }
    }

    @Test
    void bytesThatWereFalsifiedOnceAreReadAgain() throws Exception {
        for (FileOptions options : List.of(CONFIRMED, STREAMED)) {
            source.reads.clear();
            one.files.clear();
            source.holding("kubectl", LARGE).reading((right, offset, read) -> {
                byte[] bytes = right.clone();
                if (read == 1) {
                    bytes[bytes.length / 2] ^= 1;
                }
                return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
            });
            want("kubectl", LARGE, one);
            assertThat(failures(run(options))).isEmpty();
            assertThat(one.files).containsEntry(new FileName("kubectl"), LARGE);
        }
    }

    @Test
    void aTruncatedReadGoesOnWhereItBroke() throws Exception {
        source.holding("kubectl", LARGE).reading((right, offset, read) -> {
            int length = read == 1 ? 1_000_000 : right.length - (int) offset;
            return new ByteArrayInputStream(right, (int) offset, length);
        });
        want("kubectl", LARGE, one, two);
        assertThat(failures(run(STREAMED))).isEmpty();
        assertThat(source.reads).containsExactly("kubectl from 0", "kubectl from 1000000");
    }

    @Test
    void aSourceThatIsChangedWhileItIsReadIsAnErrorAndNothingIsShown() throws Exception {
        source.holding("kubectl", LARGE).reading((right, offset, read) -> {
            source.files.put(new FileName("kubectl"), random(2_999_999));
            throw new IOException("reset");
        });
        want("kubectl", LARGE, one);
        assertThat(failures(run(STREAMED))).containsExactly("read gs://staging/kubectl: it was changed meanwhile");
        assertThat(one.names()).isEmpty();
    }
}
