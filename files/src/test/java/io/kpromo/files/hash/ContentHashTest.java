// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentHashTest {
    private static final int SEVERAL_READS = 1 << 20;

    @TempDir
    private Path folder = Path.of("");

    private final ContentHash hash = new ContentHash(new HashingCounts());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, (256 << 10) - 1, 256 << 10, (256 << 10) + 1, SEVERAL_READS})
    void aFileOfAnySizeHasItsSum(int size) throws Exception {
        Path file = file(size);
        assertThat(hash.hash(file, attributes(file))).contains(Digest.sha256(new byte[size]));
    }

    @Test
    void aFileThatIsChangedSinceItWasFoundHasNoSum() throws Exception {
        Path file = file(SEVERAL_READS);
        BasicFileAttributes found = attributes(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertThat(hash.hash(file, found)).isEmpty();
        Files.write(file, new byte[SEVERAL_READS - 1]);
        assertThat(hash.hash(file, found)).isEmpty();
        assertThat(hash.hash(file, attributes(file))).contains(Digest.sha256(new byte[SEVERAL_READS - 1]));
    }

    @Test
    void aLinkThatTookTheFilesPlaceIsNotFollowed() throws Exception {
        Path file = file(5);
        BasicFileAttributes found = attributes(file);
        Path other = Files.write(folder.resolve("other"), new byte[5]);
        Files.delete(file);
        Files.createSymbolicLink(file, other);
        assertThat(hash.hash(file, found)).isEmpty();
        assertThat(hash.hash(other, attributes(other))).contains(Digest.sha256(new byte[5]));
    }

    @Test
    void whoIsToldToStopStops() throws Exception {
        Path file = file(SEVERAL_READS);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> hash.hash(file, attributes(file))).isInstanceOf(InterruptedException.class);
        assertThat(hash.hash(file, attributes(file))).contains(Digest.sha256(new byte[SEVERAL_READS]));
    }

    private Path file(int size) throws IOException {
        return Files.write(folder.resolve("file"), new byte[size]);
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }
}
