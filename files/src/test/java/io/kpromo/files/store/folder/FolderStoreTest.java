// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.fake.SampleFile;
import io.kpromo.oci.Digest;
import io.kpromo.oci.http.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A folder as a store.
@Timeout(60)
class FolderStoreTest {
    private static final FileName NAME = new FileName("linux/amd64/kubectl");
    private static final byte[] CONTENT = "content".getBytes(UTF_8);
    private static final Optional<StoredFile> NOTHING = Optional.empty();

    @TempDir
    private Path folder = Path.of("");

    private Path root = Path.of("");
    private FolderStore store = FolderStore.destination(Base.parse("file:///nowhere"));

    @BeforeEach
    void open() {
        root = folder.resolve("store");
        store = FolderStore.destination(Base.parse("file://" + root));
    }

    @Test
    void whatIsWrittenIsThereWithItsSum() throws Exception {
        store.write(NAME, bytes(CONTENT), NOTHING);
        assertThat(root.resolve("linux/amd64/kubectl")).hasBinaryContent(CONTENT);
        StoredFile seen = look(NAME);
        assertThat(seen.size()).isEqualTo(7);
        if (Files.getFileStore(root).supportsFileAttributeView("user")) {
            assertThat(seen.sha256()).contains(Digest.sha256(CONTENT));
        }
        assertThat(names()).containsExactly("linux/amd64/kubectl");
    }

    @Test
    void theRecordedSumIsNotBelievedOnceTheFileWasChanged() throws Exception {
        store.write(NAME, bytes(CONTENT), NOTHING);
        Files.writeString(root.resolve(NAME.text()), "changed");
        assertThat(look(NAME).sha256()).isEmpty();
    }

    @Test
    void whoIsNotThereIsLeftOut() throws Exception {
        assertThat(store.look(List.of(NAME))).isEmpty();
        store.write(NAME, bytes(CONTENT), NOTHING);
        assertThat(store.look(List.of(new FileName("linux/amd64/kubectl/x"), new FileName("other"))))
                .isEmpty();
    }

    @Test
    void aSourceThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> FolderStore.source(store.base()).look(List.of(NAME)))
                .isInstanceOf(StoreException.class)
                .hasMessage("look for files in " + store.base() + ": there is no such folder");
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        store.write(NAME, bytes(new byte[0]), NOTHING);
        assertThat(look(NAME).size()).isZero();
    }

    @Test
    void aLinkThatLeadsToNothingIsToldOf() throws Exception {
        Path link = root.resolve(NAME.text());
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of("nowhere"));
        assertThat(store.inspect(NAME)).isEmpty();
        assertThatThrownBy(() -> store.write(NAME, bytes(CONTENT), NOTHING))
                .isInstanceOf(StoreException.class)
                .hasMessage("write " + store.base() + "/" + NAME
                        + ": a link that leads to nothing has its name; remove " + link);
    }

    @Test
    void whoIsStoppedWhileWaitingForBytesWasInterruptedAndDidNotFail() {
        SampleFile stopped = new SampleFile(CONTENT, true) {
            @Override
            public Body part(long offset, long length) {
                return new Body() {
                    @Override
                    public long length() {
                        return length;
                    }

                    @Override
                    public InputStream open() throws IOException {
                        Thread.currentThread().interrupt();
                        throw new InterruptedIOException("interrupted");
                    }
                };
            }
        };
        assertThatThrownBy(() -> store.write(NAME, stopped, NOTHING)).isInstanceOf(InterruptedException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void hardNamesAreNames() throws Exception {
        String longest = ("ü".repeat(100) + "/").repeat(5) + "x".repeat(19);
        for (String text : List.of("a b", "ünï/☃", "100%", "a+b", "a?b", "a#b", "%2e%2e/x", "~", "-rf", longest)) {
            FileName name = new FileName(text);
            store.write(name, bytes(CONTENT), NOTHING);
            assertThat(root.resolve(text)).hasBinaryContent(CONTENT);
            assertThat(store.look(List.of(name))).containsOnlyKeys(name);
        }
        assertThat(longest.getBytes(UTF_8)).hasSize(1024);
    }

    @Test
    void aNameThatIsTooLongForFoldersIsAClearError() {
        assertThatThrownBy(() -> store.write(new FileName("x".repeat(300)), bytes(CONTENT), NOTHING))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("write " + store.base() + "/xxx")
                .hasMessageEndingWith("File name too long; this file system has shorter names than buckets");
    }

    @Test
    void aSourceThatFailsLeavesNothing() {
        Incoming failing = new SampleFile(CONTENT, true) {
            @Override
            public Body part(long offset, long length) {
                return FolderStoreTest.failing();
            }
        };
        assertThatThrownBy(() -> store.write(NAME, failing, NOTHING)).hasMessageContaining("the source broke");
        assertThat(names()).isEmpty();
    }

    @Test
    void tooFewBytesAreNoFile() {
        Incoming little = new SampleFile(CONTENT, true) {
            @Override
            public long size() {
                return 8;
            }
        };
        assertThatThrownBy(() -> store.write(NAME, little, NOTHING)).hasMessageContaining("got 7 of 8 bytes");
        assertThat(names()).isEmpty();
    }

    @Test
    void whatIsThereIsNotReplacedByAccident() throws Exception {
        write(NAME.text(), "other");
        assertThatThrownBy(() -> store.write(NAME, bytes(CONTENT), NOTHING))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("somebody else wrote it meanwhile");
        assertThat(root.resolve(NAME.text())).hasContent("other");
        assertThat(names()).containsExactly(NAME.text());
    }

    @Test
    void whatIsThereAlreadyAndRightIsRight() throws Exception {
        write(NAME.text(), "content");
        store.write(NAME, bytes(CONTENT), NOTHING);
        assertThat(names()).containsExactly(NAME.text());
    }

    @Test
    void whatMayBeReplacedIs() throws Exception {
        write(NAME.text(), "other");
        store.write(NAME, bytes(CONTENT), Optional.of(look(NAME)));
        assertThat(root.resolve(NAME.text())).hasBinaryContent(CONTENT);
    }

    @Test
    void whatChangedSinceItWasSeenIsNotReplaced() throws Exception {
        write(NAME.text(), "other");
        StoredFile seen = look(NAME);
        write(NAME.text(), "changed since");
        assertThatThrownBy(() -> store.write(NAME, bytes(CONTENT), Optional.of(seen)))
                .hasMessageContaining("somebody else wrote it meanwhile");
        assertThat(root.resolve(NAME.text())).hasContent("changed since");
    }

    @Test
    void leftoversOfDeadRunsAreTakenAway() throws Exception {
        write("linux/amd64/.kpromo-00000000-0000-0000-0000-000000000000.part", "left");
        write("linux/amd64/.kpromo-mine.part", "somebody's");
        store.write(NAME, bytes(CONTENT), NOTHING);
        assertThat(names()).containsExactly("linux/amd64/.kpromo-mine.part", NAME.text());
    }

    @Test
    void filesOnTheirWayOfLivingRunsStay() throws Exception {
        Path other = write("linux/amd64/.kpromo-00000000-0000-0000-0000-000000000000.part", "on its way");
        try (FileChannel channel = FileChannel.open(other, StandardOpenOption.WRITE)) {
            channel.lock();
            store.write(NAME, bytes(CONTENT), NOTHING);
        }
        assertThat(other).exists();
    }

    @Test
    void aNameOfFilesOnTheirWayIsRefused() {
        FileName name = new FileName("a/.kpromo-00000000-0000-0000-0000-000000000000.part");
        assertThatThrownBy(() -> store.write(name, bytes(CONTENT), NOTHING))
                .hasMessageContaining("has a name that this program gives to files on their way");
    }

    @Test
    void aLinkOutOfTheFolderIsNeitherWrittenThroughNorRead(@TempDir Path elsewhere) throws Exception {
        Files.createDirectories(root);
        Files.createSymbolicLink(root.resolve("linux"), elsewhere);
        assertThatThrownBy(() -> store.write(NAME, bytes(CONTENT), NOTHING))
                .hasMessageContaining("leads out of its base by a link");
        Files.createDirectories(elsewhere.resolve("amd64"));
        Files.write(elsewhere.resolve("amd64/kubectl"), CONTENT);
        assertThatThrownBy(() -> store.look(List.of(NAME))).hasMessageContaining("leads out of its base by a link");
        assertThatThrownBy(() -> store.write(new FileName("linux/amd64/x"), bytes(CONTENT), NOTHING))
                .hasMessageContaining("leads out of its base by a link");
        try (Stream<Path> all = Files.list(elsewhere.resolve("amd64"))) {
            assertThat(all).containsExactly(elsewhere.resolve("amd64/kubectl"));
        }
    }

    @Test
    void aFileThatIsALinkOutOfTheFolderIsNotRead(@TempDir Path elsewhere) throws Exception {
        Path secret = Files.writeString(elsewhere.resolve("secret"), "secret");
        Files.createDirectories(root);
        Files.createSymbolicLink(root.resolve("x"), secret);
        assertThatThrownBy(() -> store.look(List.of(new FileName("x"))))
                .hasMessageContaining("leads out of its base by a link");
    }

    @Test
    void aLinkInsideTheFolderIsFollowed() throws Exception {
        write("real/kubectl", "content");
        Files.createSymbolicLink(root.resolve("latest"), Path.of("real"));
        Files.createSymbolicLink(root.resolve("file"), Path.of("real/kubectl"));
        assertThat(store.look(List.of(new FileName("latest/kubectl"), new FileName("file"))))
                .hasSize(2);
        store.write(new FileName("latest/new"), bytes(CONTENT), NOTHING);
        assertThat(root.resolve("real/new")).hasBinaryContent(CONTENT);
    }

    @Test
    void aFolderInPlaceOfAFileIsAClearError() throws Exception {
        Files.createDirectories(root.resolve(NAME.text()));
        assertThatThrownBy(() -> store.look(List.of(NAME)))
                .hasMessageContaining("look for " + store.base() + "/linux/amd64/kubectl")
                .hasMessageEndingWith("is a folder");
    }

    @Test
    void aFileInPlaceOfAFolderIsAClearError() throws Exception {
        write("linux", "a file");
        assertThatThrownBy(() -> store.write(NAME, bytes(CONTENT), NOTHING))
                .hasMessageContaining("linux is there already, and is no folder");
    }

    @Test
    void readingGoesOnFromWhereTheIntakeStands() throws Exception {
        write(NAME.text(), "content");
        Taking taking = new Taking(3);
        store.read(NAME, look(NAME), taking);
        assertThat(taking.text()).isEqualTo("tent");
    }

    @Test
    void aFileThatChangedSinceItWasSeenIsNotRead() throws Exception {
        write(NAME.text(), "content");
        StoredFile seen = look(NAME);
        write(NAME.text(), "other content");
        assertThatThrownBy(() -> store.read(NAME, seen, new Taking(0)))
                .hasMessageContaining("it was changed meanwhile; run again");
        Files.delete(root.resolve(NAME.text()));
        assertThatThrownBy(() -> store.read(NAME, seen, new Taking(0))).hasMessageContaining("is gone; run again");
    }

    @Test
    void sharedNamesOfFilesNeverShowPartsOfThem() throws Exception {
        write(NAME.text(), "other");
        StoredFile seen = look(NAME);
        Incoming looking = new SampleFile(CONTENT, true) {
            @Override
            public Body part(long offset, long length) {
                assertThat(root.resolve(NAME.text())).hasContent("other");
                return super.part(offset, length);
            }
        };
        store.write(NAME, looking, Optional.of(seen));
        assertThat(root.resolve(NAME.text())).hasBinaryContent(CONTENT);
    }

    private StoredFile look(FileName name) throws InterruptedException {
        Map<FileName, StoredFile> found = store.look(List.of(name));
        return Optional.ofNullable(found.get(name)).orElseThrow();
    }

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<String> names() {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Incoming bytes(byte[] content) {
        return SampleFile.small(content);
    }

    private static Body failing() {
        return new Body() {
            @Override
            public long length() {
                return CONTENT.length;
            }

            @Override
            public InputStream open() {
                return new InputStream() {
                    private int given;

                    @Override
                    public int read() throws IOException {
                        if (given++ < 3) {
                            return 'x';
                        }
                        throw new IOException("the source broke");
                    }

                    @Override
                    public int read(byte[] into, int from, int length) throws IOException {
                        into[from] = (byte) read();
                        return 1;
                    }
                };
            }
        };
    }
}
