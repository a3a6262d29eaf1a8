// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.plan.FileDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What destinations hold already: refused, replaced, read to know it, or copied on.
@Timeout(60)
class FilesThereTest extends PromotionFixture {
    @Test
    void otherContentIsRefusedAndNothingAtAllIsWritten() throws Exception {
        source.holding("kubectl", SMALL).holding("kubeadm", SMALL);
        one.holding("kubectl", "something else".getBytes(UTF_8));
        want("kubectl", SMALL, one);
        want("kubeadm", SMALL, one);
        FileOutcome outcome = run(CONFIRMED);
        assertThat(outcome.refused()).isTrue();
        assertThat(one.names()).containsExactly("kubectl");
        assertThat(one.files).containsEntry(new FileName("kubectl"), "something else".getBytes(UTF_8));
    }

    @Test
    void otherContentIsReplacedWhenToldTo() throws Exception {
        source.holding("kubectl", SMALL);
        one.holding("kubectl", "something else".getBytes(UTF_8));
        want("kubectl", SMALL, one);
        assertThat(failures(run(CONFIRMED.withOverwrite(true)))).isEmpty();
        assertThat(one.files).containsEntry(new FileName("kubectl"), SMALL);
    }

    @Test
    void whatNothingIsRecordedOfIsReadToKnowIt() throws Exception {
        source.holding("kubectl", SMALL).holding("kubeadm", SMALL);
        one.withoutRecords().holding("kubectl", SMALL);
        byte[] same = SMALL.clone();
        same[3] ^= 1;
        one.holding("kubeadm", same);
        want("kubectl", SMALL, one);
        want("kubeadm", SMALL, one);
        FileOutcome outcome = run(FileOptions.standard());
        assertThat(outcome.plan().count(FileDecision.UpToDate.class)).isEqualTo(1);
        assertThat(outcome.plan().count(FileDecision.Refused.class)).isEqualTo(1);
        assertThat(one.reads).containsExactlyInAnyOrder("kubectl from 0", "kubeadm from 0");
    }

    @Test
    void aFileOfAnotherSizeIsNotReadToKnowThatItDiffers() throws Exception {
        source.holding("kubectl", SMALL);
        one.holding("kubectl", LARGE);
        want("kubectl", SMALL, one);
        assertThat(run(FileOptions.standard()).refused()).isTrue();
        assertThat(one.reads).isEmpty();
    }

    @Test
    void whatACloudHoldsAlreadyIsCopiedThere() throws Exception {
        source.holding("kubectl", SMALL);
        want("kubectl", SMALL, one);
        run(CONFIRMED);
        source.reads.clear();
        two.copying();
        want("kubectl", SMALL, two, three);
        assertThat(failures(run(CONFIRMED))).isEmpty();
        assertThat(two.writes).isEmpty();
        assertThat(two.files).containsEntry(new FileName("kubectl"), SMALL);
        assertThat(three.writes).containsExactly("kubectl");
    }
}
