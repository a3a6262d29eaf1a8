// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kpromo.files.FileName;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LargeSumTest extends PromotionFixture {
    private static final FileName NAME = new FileName("kubectl");

    private final TestStore eu = new TestStore("oci://eu.example/files");
    private final TestStore us = new TestStore("oci://us.example/files");
    private final TestStore bucket = new TestStore("s3://one");

    @BeforeEach
    void aLargeFile() {
        source.holding("kubectl", LARGE);
    }

    @Test
    void itComesFromTheOneReadForAll() throws Exception {
        assertThat(run(eu, us, bucket).failed()).isFalse();
        assertThat(source.reads).containsExactly("kubectl from 0");
        assertThat(eu.sha512s).isEqualTo(us.sha512s).containsEntry(NAME, sha512());
        assertThat(bucket.sha512s).isEmpty();
    }

    @Test
    void itIsThatOfTheRightBytesWhereWrongOnesCameFirst() throws Exception {
        source.reading((right, offset, read) -> {
            byte[] bytes = right.clone();
            bytes[1_000_000] ^= (byte) (read == 1 ? 1 : 0);
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        });
        assertThat(run(eu).failed()).isFalse();
        assertThat(source.reads).hasSizeGreaterThan(1);
        assertThat(eu.sha512s).containsEntry(NAME, sha512());
    }

    @Test
    void whereTheSourceFailsNobodyWaitsForIt() throws Exception {
        source.reading((right, offset, read) -> {
            throw new IOException("the source burns");
        });
        assertThat(failures(run(eu, bucket))).hasSize(2).allMatch(failure -> failure.contains("the source burns"));
        assertThat(eu.names()).isEmpty();
    }

    @Test
    void whereTheRegistryFailsNobodyWaitsForIt() throws Exception {
        eu.writing(write -> {
            throw new StoreException("the registry burns");
        });
        assertThat(failures(run(eu))).containsExactly("the registry burns");
    }

    private FileOutcome run(TestStore... destinations) throws InterruptedException {
        List<TestStore> into = List.of(destinations);
        DesiredFiles desired = new DesiredFiles(
                into.stream().map(store -> edge(store, "kubectl", LARGE)).toList());
        return new FilePromotion(stores(source, into), STREAMED, FileListener.silent()).run(desired);
    }

    private static Digest sha512() {
        return Digest.of(
                Digest.Algorithm.SHA512, Digest.Algorithm.SHA512.hasher().digest(LARGE));
    }
}
