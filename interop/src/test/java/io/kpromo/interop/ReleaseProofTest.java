// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.folder.FolderForge;
import io.kpromo.forge.git.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether people who have git, OpenSSH, GnuPG, cosign and `sha256sum`, but no kpromo, can prove what `release` made.
@Tag("interop")
class ReleaseProofTest {
    private static final Slug TOOL = Slug.of("team/tool");
    private static final RefName TAG = new RefName("v1.0.0");

    @TempDir
    private Path folder;

    private FolderForge forge;
    private CommitId first;
    private SignedTags tags;

    @BeforeEach
    void begin() throws Exception {
        forge = new FolderForge(Files.createDirectories(folder.resolve("forge")), "ann", InstantSource.system());
        first = forge.create(TOOL, List.of(SourceFile.of("release.yaml", ReleaseFiles.CONFIG)));
        WorkTree.clone(Path.of(forge.address(TOOL)), tree()).close();
        tags = new SignedTags(tree(), folder);
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        tags.end();
    }

    private Path tree() {
        return folder.resolve("tree");
    }

    private Kpromo.Ended release(String step) throws IOException, InterruptedException {
        return ReleaseFiles.step(Kpromo.at(folder), tree(), "folder=" + folder.resolve("forge"), step);
    }

    @Test
    void aTagSignedWithSshIsVerifiedByGit() throws Exception {
        tags.signWithSsh();

        Kpromo.Ended tagged = release("tag");

        assertThat(tagged.exit()).as(tagged.story()).isZero();
        assertThat(forge.sources(TOOL).tag(TAG)).contains(first);
        assertThat(tags.verified(forge.address(TOOL).toString(), "v1.0.0"))
                .contains("Good \"git\" signature for ann@example.com with ED25519 key");
        Kpromo.Ended again = release("tag");
        assertThat(again.out()).as(again.story()).contains("done");
    }

    @Test
    void aTagSignedWithGpgIsVerifiedByGit() throws Exception {
        tags.signWithGpg();

        Kpromo.Ended tagged = release("tag");

        assertThat(tagged.exit()).as(tagged.story()).isZero();
        assertThat(tags.verified(forge.address(TOOL).toString(), "v1.0.0"))
                .contains("Good signature from \"Ann <ann@example.com>\"");
    }

    @Test
    void aTagThatIsNotSignedIsNotVerified() throws Exception {
        release("tag");

        assertThat(forge.sources(TOOL).tag(TAG)).contains(first);
        assertThatThrownBy(() -> tags.verified(forge.address(TOOL).toString(), "v1.0.0"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void cosignVerifiesEveryFileOfARelease() throws Exception {
        ReleaseFiles files = ReleaseFiles.built(tree(), folder);
        release("tag");

        Kpromo.Ended drafted = release("draft");

        assertThat(drafted.exit()).as(drafted.story()).isZero();
        Path got = Files.createDirectories(folder.resolve("got"));
        try (Stream<Path> all = Files.walk(folder.resolve("forge"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (ReleaseFiles.NAMES.contains(file.getFileName().toString())) {
                    Files.copy(file, got.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        files.assertProven(got);
    }
}
