// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every store that is asked over a network: each cloud's runs it against its fake.
public abstract class StoreContract extends StoreFaults {
    @Test
    void whatIsWrittenIsReadBackAndRecordedInOneRequestEach() throws Exception {
        store().write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(counts()).isEqualTo(Map.of(Kind.PUT_FILE, 1L));
        assertThat(content(key(NAME))).hasValue(CONTENT);
        assertThat(recorded(key(NAME)))
                .containsEntry(
                        "content-hash-sha256",
                        SampleFile.small(CONTENT).sha256().hex());
        StoredFile seen = seen(NAME);
        assertThat(seen.size()).isEqualTo(CONTENT.length);
        assertThat(seen.sha256()).contains(SampleFile.small(CONTENT).sha256());
        assertThat(seen.sums().agree(SampleFile.sums(CONTENT))).contains(true);
        assertThat(read(NAME, seen)).isEqualTo(CONTENT);
        assertThat(counts()).isEqualTo(Map.of(Kind.PUT_FILE, 1L, Kind.HEAD_FILE, 1L, Kind.GET_FILE, 1L));
    }

    static List<String> oddNames() {
        return List.of(
                "with space",
                "100%",
                "a+b=c&d",
                "what?#/is,this;v1",
                "Größe/日本語/🙂",
                "(a)/[b]/{c}~!$'*@:",
                "%2F%2e%2e",
                "x".repeat(FileName.LONGEST - "release/".length()));
    }

    @ParameterizedTest
    @MethodSource("oddNames")
    void anyNameIsWrittenFoundAndRead(String text) throws Exception {
        FileName name = new FileName(text);

        store().write(name, SampleFile.small(CONTENT), Optional.empty());

        assertThat(content(key(name))).hasValue(CONTENT);
        List<FileName> many = new ArrayList<>(List.of(name));
        for (int i = 0; i < 30; i++) {
            many.add(new FileName("absent-" + i));
        }
        assertThat(store().look(many)).containsOnlyKeys(name);
        assertThat(read(name, seen(name))).isEqualTo(CONTENT);
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        store().write(NAME, SampleFile.small(new byte[0]), Optional.empty());

        assertThat(seen(NAME).size()).isZero();
        assertThat(read(NAME, seen(NAME))).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(store().inspect(NAME)).isEmpty();
        assertThat(store().look(List.of(NAME))).isEmpty();
    }

    @Test
    void fewNamesAreAskedForOneByOneHoweverFullTheBucketIs() throws Exception {
        List<FileName> names = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            place("release/" + String.format("%05d", i), new byte[] {1}, Map.of());
        }
        for (int i = 0; i < 10; i++) {
            names.add(new FileName(String.format("%05d", i * 300)));
        }

        assertThat(store().look(names)).hasSize(10);

        assertThat(counts()).isEqualTo(Map.of(Kind.HEAD_FILE, 10L));
    }

    @Test
    void manyNamesTakeAFewListings() throws Exception {
        List<FileName> names = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            FileName name = new FileName("v1/" + String.format("%05d", i));
            names.add(name);
            if (i % 10 != 0) {
                place(key(name), new byte[] {1, (byte) i}, Map.of());
            }
            place("before/" + i, new byte[] {1}, Map.of());
            place("zz/" + i, new byte[] {1}, Map.of());
        }

        Map<FileName, StoredFile> found = store().look(names);

        assertThat(found).hasSize(2250).doesNotContainKey(names.get(10));
        assertThat(Objects.requireNonNull(found.get(names.get(11))).sums().agree(SampleFile.sums(new byte[] {1, 11})))
                .contains(true);
        assertThat(counts()).isEqualTo(Map.of(Kind.LIST_FILES, 3L));
    }

    @Test
    void namesFarApartInAFullBucketAreNotListedForLong() throws Exception {
        List<FileName> names = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            FileName name = new FileName(String.format("%05d", i));
            place(key(name), new byte[] {1}, Map.of());
            if (i % 250 == 0) {
                names.add(name);
            }
        }

        assertThat(store().look(names)).hasSize(40);

        assertThat(counts().get(Kind.LIST_FILES)).isEqualTo(1);
        assertThat(counts().get(Kind.HEAD_FILE)).isBetween(30L, 39L);
    }

    @Test
    void whatLiesThereIsNotReplacedUnasked() throws Exception {
        place(key(NAME), OTHER, Map.of());

        assertThatThrownBy(() -> store().write(NAME, SampleFile.small(CONTENT), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("write " + store().base() + "/" + NAME)
                .hasMessageContaining("somebody else wrote something else");
        assertThat(content(key(NAME))).hasValue(OTHER);
    }

    @Test
    void whatWasSeenIsReplacedAndNothingElse() throws Exception {
        place(key(NAME), OTHER, Map.of());
        StoredFile seen = seen(NAME);
        store().write(NAME, SampleFile.small(CONTENT), Optional.of(seen));
        assertThat(content(key(NAME))).hasValue(CONTENT);

        place(key(NAME), OTHER, Map.of());
        StoredFile now = seen(NAME);
        place(key(NAME), SampleFile.bytes(7, 7), Map.of());

        assertThatThrownBy(() -> store().write(NAME, SampleFile.small(CONTENT), Optional.of(now)))
                .isInstanceOf(StoreException.class);
        assertThat(content(key(NAME))).hasValue(SampleFile.bytes(7, 7));
    }

    @Test
    void aLargeFileIsWrittenAndReadBack() throws Exception {
        SampleFile file = SampleFile.large(large());

        store().write(NAME, file, Optional.empty());

        assertThat(content(key(NAME))).hasValue(large());
        assertThat(recorded(key(NAME)))
                .containsEntry("content-hash-sha256", file.sha256().hex());
        assertThat(seen(NAME).sha256()).contains(file.sha256());
    }

    @Test
    void aLargeFileDoesNotReplaceWhatIsThere() throws Exception {
        place(key(NAME), OTHER, Map.of());

        assertThatThrownBy(() -> store().write(NAME, SampleFile.large(large()), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("somebody else wrote something else");
        assertThat(content(key(NAME))).hasValue(OTHER);
    }

    @Test
    void aRefusalIsToldInTheStoresWordsAndNotTriedAgain() {
        server().plan(asked -> true, new Fault.Refused(denied()));

        server().plan(asked -> true, new Fault.Refused(denied()));
        assertThatThrownBy(() -> store().inspect(NAME))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("look up " + store().base() + "/" + NAME + ": 403")
                .hasMessageContaining(saidWhenDenied());
        assertThat(counts()).isEqualTo(Map.of(Kind.HEAD_FILE, looksWhenDenied()));
    }

    @Test
    void aFileIsCopiedWithinTheCloud() throws Exception {
        place("staging/" + NAME, CONTENT, Map.of());
        StoredFile seen = otherStore().inspect(NAME).orElseThrow();

        boolean done =
                store().copy(otherStore(), NAME, seen, SampleFile.small(CONTENT).sha256(), Optional.empty());

        assertThat(done).isTrue();
        assertThat(content(key(NAME))).hasValue(CONTENT);
        assertThat(recorded(key(NAME)))
                .containsEntry(
                        "content-hash-sha256",
                        SampleFile.small(CONTENT).sha256().hex());
        assertThat(counts()).isEqualTo(Map.of(Kind.HEAD_FILE, 1L, Kind.COPY_FILE, 1L));
    }

    @Test
    void aCopyThatIsRefusedIsLeftToTheBytes() throws Exception {
        place("staging/" + NAME, CONTENT, Map.of());
        StoredFile seen = otherStore().inspect(NAME).orElseThrow();
        server().plan(StoreFixture::isWrite, new Fault.Refused(denied()));

        assertThat(store().copy(
                                otherStore(),
                                NAME,
                                seen,
                                SampleFile.small(CONTENT).sha256(),
                                Optional.empty()))
                .isFalse();
    }
}
