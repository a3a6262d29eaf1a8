// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every store whatever breaks on the way to it.
public abstract class StoreFaults extends StoreFixture {
    @Test
    void aWriteWhoseAnswerWasLostIsFoundToHaveSucceeded() throws Exception {
        server().plan(asked -> asked.body().length == 0 && isWrite(asked), new Fault.LostAnswer());

        store().write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(content(key(NAME))).hasValue(CONTENT);
        assertThat(counts()).isEqualTo(Map.of(Kind.PUT_FILE, 2L, Kind.HEAD_FILE, 1L));
    }

    @Test
    void whoeverWritesTheSameAtTheSameTimeIsNoFailure() throws Exception {
        Map<String, String> recorded =
                Map.of("content-hash-sha256", SampleFile.small(CONTENT).sha256().hex());
        server().plan(StoreFixture::isWrite, new Fault.After(() -> place(key(NAME), CONTENT, recorded)));

        store().write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(counts()).isEqualTo(Map.of(Kind.PUT_FILE, 1L, Kind.HEAD_FILE, 1L));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aStoreThatIsBusyIsAskedAgain(int status) throws Exception {
        server().plan(asked -> true, Fault.status(status));
        server().plan(asked -> true, new Fault.Refused(Reply.of(status).with("Retry-After", "0")));

        store().write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(content(key(NAME))).hasValue(CONTENT);
        assertThat(counts()).isEqualTo(Map.of(Kind.PUT_FILE, 3L));
    }

    @Test
    void aRequestThatIsLostIsSentAgain() throws Exception {
        server().plan(asked -> true, new Fault.LostRequest());
        server().plan(asked -> true, new Fault.CutRequest(1000));

        store().write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(content(key(NAME))).hasValue(CONTENT);
    }

    @Test
    void aReadThatBreaksGoesOnWhereItBroke() throws Exception {
        place(key(NAME), CONTENT, Map.of());
        StoredFile seen = seen(NAME);
        server().plan(method("GET"), new Fault.CutAnswer(40_000));
        server().plan(method("GET"), new Fault.CutAnswer(10_000));

        assertThat(read(NAME, seen)).isEqualTo(CONTENT);

        // What a broken connection has not handed over yet may be lost, so where it went on is not known exactly.
        List<String> ranges = server().asked().stream()
                .map(asked -> asked.headers().getOrDefault("range", ""))
                .toList();
        assertThat(ranges.subList(ranges.size() - 2, ranges.size()))
                .allSatisfy(range -> assertThat(range).matches("bytes=[1-9]\\d*-"));
    }

    @Test
    void aStoreWithoutRangesIsReadFromTheStartAgain() throws Exception {
        place(key(NAME), CONTENT, Map.of());
        StoredFile seen = seen(NAME);
        server().plan(method("GET"), new Fault.CutAnswer(40_000));
        server().plan(method("GET"), new Fault.Lie(reply -> Reply.of(200).with(CONTENT)));

        assertThat(read(NAME, seen)).isEqualTo(CONTENT);
    }

    @Test
    void aFileThatChangesBeforeItIsReadIsNotRead() throws Exception {
        place(key(NAME), CONTENT, Map.of());
        StoredFile seen = seen(NAME);
        place(key(NAME), OTHER, Map.of());

        assertThatThrownBy(() -> read(NAME, seen))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("read " + store().base() + "/" + NAME + ": it changed since it was looked up");
    }

    @Test
    void aFileThatChangesWhileItIsReadIsNotMixed() throws Exception {
        place(key(NAME), CONTENT, Map.of());
        StoredFile seen = seen(NAME);
        server().plan(method("GET"), new Fault.CutAnswer(40_000));
        server().plan(method("GET"), new Fault.After(() -> place(key(NAME), OTHER, Map.of())));

        assertThatThrownBy(() -> read(NAME, seen)).isInstanceOf(StoreException.class);
    }

    @Test
    void aStoreThatSendsAnotherLengthThanItSaidIsNotBelieved() throws Exception {
        place(key(NAME), CONTENT, Map.of());
        StoredFile seen = seen(NAME);
        server().plan(method("GET"), new Fault.Lie(reply -> reply.with(new byte[99])));

        assertThatThrownBy(() -> read(NAME, seen))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has 99 bytes rather than 100000");
    }

    @Test
    void aConflictThatShowsAsABrokenConnectionIsToldForWhatItIs() throws Exception {
        place(key(NAME), OTHER, Map.of());
        for (int i = 0; i < 20; i++) {
            server().plan(StoreFixture::isWrite, new Fault.LostRequest());
        }

        assertThatThrownBy(() -> store().write(NAME, SampleFile.small(CONTENT), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("somebody else wrote something else");
        assertThat(content(key(NAME))).hasValue(OTHER);
    }

    @Test
    void whenTheSourceFailsNothingIsLeftBehindAndTheFailureComesThrough() {
        OciException cause = new OciException("the source is gone");

        assertThatThrownBy(() -> store().write(NAME, SampleFile.large(large()).failing(cause), Optional.empty()))
                .isSameAs(cause);

        assertThat(content(key(NAME))).isEmpty();
        assertThat(openUploads()).isZero();
    }

    @Test
    void whateverBreaksNothingWrongIsEverThereAndAnotherRunFinishes() throws Exception {
        breaks(1);
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9})
    void whateverElseBreaksNothingWrongIsEverThere(long seed) throws Exception {
        breaks(seed);
    }

    private void breaks(long seed) throws InterruptedException {
        Random chance = new Random(seed);
        for (int i = 0; i < 15; i++) {
            server().plan(asked -> chance.nextInt(3) == 0, anyFault(chance));
        }
        Map<FileName, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 6; i++) {
            byte[] content = i % 2 == 0 ? SampleFile.bytes(5000, i) : large();
            FileName name = new FileName("v1/file-" + i);
            files.put(name, content);
            try {
                store().write(name, file(content), Optional.empty());
                assertThat(content(key(name))).hasValue(content);
            } catch (OciException broken) {
                assertThat(content(key(name)))
                        .satisfiesAnyOf(
                                there -> assertThat(there).isEmpty(),
                                there -> assertThat(there).hasValue(content));
            }
        }
        server().heal();
        for (Map.Entry<FileName, byte[]> file : files.entrySet()) {
            store().write(file.getKey(), file(file.getValue()), Optional.empty());
            assertThat(content(key(file.getKey()))).hasValue(file.getValue());
        }
    }

    private static SampleFile file(byte[] content) {
        return content.length <= 5000 ? SampleFile.small(content) : SampleFile.large(content);
    }

    private static Fault anyFault(Random chance) {
        return switch (chance.nextInt(6)) {
            case 0 -> Fault.status(503);
            case 1 -> new Fault.Refused(Reply.of(429).with("Retry-After", "0"));
            case 2 -> new Fault.LostRequest();
            case 3 -> new Fault.LostAnswer();
            case 4 -> new Fault.CutAnswer(chance.nextInt(50));
            default -> new Fault.CutRequest(chance.nextInt(400_000));
        };
    }
}
