// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Sums;
import io.kpromo.oci.Host;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import io.kpromo.oci.http.RegistryException;
import io.kpromo.oci.http.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Files are looked up in listings that are not as they should be.
class LookingTest {
    private static final int PAGE = 50;

    private final List<FileName> names = new ArrayList<>();
    private final TreeSet<String> there = new TreeSet<>();
    private final AtomicInteger pages = new AtomicInteger();

    LookingTest() {
        for (int i = 0; i < 200; i++) {
            FileName name = new FileName(String.format("file-%03d", i));
            names.add(name);
            there.add("v1/" + name);
        }
    }

    private abstract class Shelf implements Looking.Bucket {
        @Override
        public Optional<StoredFile> head(String key) {
            return there.contains(key) ? Optional.of(file()) : Optional.empty();
        }
    }

    private static StoredFile file() {
        return new StoredFile(1, Optional.empty(), Sums.none(), "");
    }

    private static Looking.Page page(List<String> keys, boolean last) {
        return new Looking.Page(
                keys.stream().map(key -> new Looking.Entry(key, file(), true)).toList(), last);
    }

    @Test
    void whatIsListedOutOfOrderHidesNoFile() throws Exception {
        List<String> shuffled = new ArrayList<>(there);
        Collections.shuffle(shuffled, new Random(1));
        assertThat(look(new Shelf() {
                    @Override
                    public Looking.Page list(String prefix, String from) {
                        int start = pages.getAndIncrement() * PAGE;
                        return page(shuffled.subList(start, start + PAGE), start + PAGE == shuffled.size());
                    }
                }))
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(pages).hasValue(1);
    }

    @Test
    void aListingThatDoesNotMoveOnIsLeft() throws Exception {
        assertThat(look(new Shelf() {
                    @Override
                    public Looking.Page list(String prefix, String from) {
                        pages.incrementAndGet();
                        return page(List.copyOf(there).subList(0, PAGE), false);
                    }
                }))
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(pages).hasValue(2);
    }

    @Test
    void aBucketThatIsNotThereIsNoEmptyOne() {
        assertThatThrownBy(() -> look(names.subList(0, 3), refusing(404)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("404 NoSuchBucket");
    }

    @Test
    void whoMayNotListMayLookFilesUp() throws Exception {
        assertThat(look(names.subList(0, 3), refusing(403))).isEmpty();
    }

    @Test
    void oneListingTellsWhetherThereIsABucketWhereNoFileIsThere() throws Exception {
        Looking.Bucket bucket = new Shelf() {
            @Override
            public Looking.Page list(String prefix, String from) {
                pages.incrementAndGet();
                return page(List.of(), true);
            }
        };
        assertThat(look(names.subList(0, 3), bucket)).hasSize(3);
        assertThat(pages).hasValue(0);
        assertThat(look(List.of(new FileName("other")), bucket)).isEmpty();
        assertThat(pages).hasValue(1);
    }

    /// All that may be asked of it is about single files, which are not there.
    private static Looking.Bucket refusing(int status) {
        return new Looking.Bucket() {
            @Override
            public Optional<StoredFile> head(String key) {
                return Optional.empty();
            }

            @Override
            public Looking.Page list(String prefix, String from) {
                Request request = new Request(
                        new Host("s3.example"),
                        Method.GET,
                        URI.create("/prod"),
                        Map.of(),
                        Optional.empty(),
                        Kind.LIST_FILES,
                        List.of(),
                        "list s3://prod/" + prefix);
                throw new RegistryException(request, status, "NoSuchBucket", "", 1);
            }
        };
    }

    private List<FileName> look(Looking.Bucket bucket) throws InterruptedException {
        return look(names, bucket);
    }

    private static List<FileName> look(List<FileName> names, Looking.Bucket bucket) throws InterruptedException {
        return List.copyOf(
                new Looking(Base.parse("s3://prod/v1"), bucket).look(names).keySet());
    }
}
