// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FilePlan;
import io.kpromo.files.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PreconditionTest extends PromotionFixture {
    private final List<FilePlan> asked = new ArrayList<>();

    @BeforeEach
    void wantOneFile() {
        source.holding("kubectl", SMALL);
        want("kubectl", SMALL, one, two);
    }

    private FileOutcome run(FileOptions options, Precondition precondition) throws InterruptedException {
        return new FilePromotion(stores(source, List.of(one, two)), options, FileListener.silent())
                .run(new DesiredFiles(wanted), precondition);
    }

    @Test
    void whereItDoesNotHoldNothingIsWritten() {
        assertThatThrownBy(() -> run(CONFIRMED, plan -> {
                    throw new StoreException("nobody signs");
                }))
                .hasMessage("nobody signs");
        assertThat(one.files).isEmpty();
        assertThat(two.files).isEmpty();
    }

    @Test
    void itIsAskedOnceBeforeAnythingIsWritten() throws Exception {
        run(CONFIRMED, plan -> {
            assertThat(one.files).isEmpty();
            asked.add(plan);
        });
        assertThat(asked).hasSize(1);
        assertThat(one.files).containsEntry(new FileName("kubectl"), SMALL);
    }

    @Test
    void itIsNotAskedWhereNothingIsWrittenAnyway() throws Exception {
        run(FileOptions.standard(), asked::add);
        one.holding("kubectl", LARGE);
        FileOutcome refused = run(CONFIRMED, asked::add);
        assertThat(refused.plan().stopped()).isTrue();
        assertThat(asked).isEmpty();
    }
}
