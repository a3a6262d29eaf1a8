// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.fake.Asked;
import io.kpromo.files.store.fake.Collecting;
import io.kpromo.files.store.fake.Fault;
import io.kpromo.files.store.fake.LoopbackServer;
import io.kpromo.files.store.fake.Reply;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.Host;
import io.kpromo.oci.OciException;
import io.kpromo.oci.http.HttpTransport;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.TransportOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every store that is asked over a network: each cloud's runs it against its fake.
@Timeout(60)
public abstract class StoreContract {
    protected static final FileName NAME = new FileName("linux/amd64/kubectl");
    protected static final byte[] CONTENT = SampleFile.bytes(100_000, 1);
    protected static final byte[] OTHER = SampleFile.bytes(100_000, 2);

    protected final HttpTransport transport =
            HttpTransport.open(TransportOptions.standard().withTries(3));

    /// Below `bucket/release`.
    protected abstract Store store();

    protected abstract LoopbackServer server();

    /// Puts something there behind the store's back.
    ///
    /// @param key in the bucket
    protected abstract void place(String key, byte[] content, Map<String, String> recorded);

    protected abstract Optional<byte[]> content(String key);

    protected abstract Map<String, String> recorded(String key);

    /// Content that is sent in several requests.
    protected abstract byte[] large();

    @AfterEach
    void close() {
        transport.close();
    }

    protected Map<Kind, Long> counts() {
        Host host = server().host();
        return transport.counts().requests(host);
    }

    protected StoredFile seen(FileName name) throws InterruptedException {
        return store().inspect(name).orElseThrow();
    }

    protected byte[] read(FileName name, StoredFile seen) throws InterruptedException {
        Collecting into = new Collecting();
        store().read(name, seen, into);
        return into.bytes();
    }

    protected static Predicate<Asked> method(String method) {
        return asked -> asked.method().equals(method);
    }

    protected static String key(FileName name) {
        return "release/" + name;
    }

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
    void aWriteWhoseAnswerWasLostIsFoundToHaveSucceeded() throws Exception {
        server().plan(asked -> asked.body().length == 0 && isWrite(asked), new Fault.LostAnswer());

        store().write(NAME, SampleFile.small(CONTENT), Optional.empty());

        assertThat(content(key(NAME))).hasValue(CONTENT);
        assertThat(counts()).isEqualTo(Map.of(Kind.PUT_FILE, 2L, Kind.HEAD_FILE, 1L));
    }

    /// Faults are chosen before the body comes.
    protected static boolean isWrite(Asked asked) {
        return !asked.method().equals("GET") && !asked.method().equals("HEAD");
    }

    @Test
    void whoeverWritesTheSameAtTheSameTimeIsNoFailure() throws Exception {
        Map<String, String> recorded =
                Map.of("content-hash-sha256", SampleFile.small(CONTENT).sha256().hex());
        server().plan(StoreContract::isWrite, new Fault.After(() -> place(key(NAME), CONTENT, recorded)));

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

        assertThat(server().asked().stream().map(asked -> asked.headers().getOrDefault("range", "")))
                .endsWith("", "bytes=40000-", "bytes=50000-");
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
            server().plan(StoreContract::isWrite, new Fault.LostRequest());
        }

        assertThatThrownBy(() -> store().write(NAME, SampleFile.small(CONTENT), Optional.empty()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("somebody else wrote something else");
        assertThat(content(key(NAME))).hasValue(OTHER);
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
    void whenTheSourceFailsNothingIsLeftBehindAndTheFailureComesThrough() {
        OciException cause = new OciException("the source is gone");

        assertThatThrownBy(() -> store().write(NAME, SampleFile.large(large()).failing(cause), Optional.empty()))
                .isSameAs(cause);

        assertThat(content(key(NAME))).isEmpty();
        assertThat(openUploads()).isZero();
    }

    protected abstract int openUploads();

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

    @Test
    void aRefusalIsToldInTheStoresWordsAndNotTriedAgain() {
        server().plan(asked -> true, new Fault.Refused(denied()));

        assertThatThrownBy(() -> store().inspect(NAME))
                .isInstanceOf(OciException.class)
                .hasMessageContaining("look up " + store().base() + "/" + NAME + ": 403");
        assertThat(counts()).isEqualTo(Map.of(Kind.HEAD_FILE, 1L));
    }

    protected abstract Reply denied();

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

    /// Below `bucket/staging`, for everybody to read.
    protected abstract Store otherStore();

    @Test
    void aCopyThatIsRefusedIsLeftToTheBytes() throws Exception {
        place("staging/" + NAME, CONTENT, Map.of());
        StoredFile seen = otherStore().inspect(NAME).orElseThrow();
        server().plan(StoreContract::isWrite, new Fault.Refused(denied()));

        assertThat(store().copy(
                                otherStore(),
                                NAME,
                                seen,
                                SampleFile.small(CONTENT).sha256(),
                                Optional.empty()))
                .isFalse();
    }
}
