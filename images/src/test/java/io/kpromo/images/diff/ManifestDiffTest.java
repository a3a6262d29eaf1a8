// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Histories of a manifest tree in the folder `k8s` of a repository.
final class ManifestDiffTest {
    private static final Instant NOW = Instant.parse("2026-11-18T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Digest A = Digest.parse("sha256:" + "a".repeat(64));
    private static final Digest B = Digest.parse("sha256:" + "b".repeat(64));
    private static final Digest C = Digest.parse("sha256:" + "c".repeat(64));
    private static final String IMAGES = "k8s/images/p/images.yaml";

    @TempDir
    private Path folder;

    private Git git;

    @BeforeEach
    void aRepository() throws Exception {
        git = Git.init()
                .setDirectory(folder.resolve("repository").toFile())
                .setInitialBranch("main")
                .call();
        write("k8s/manifests/p/promoter-manifest.yaml", "registries: []\n");
    }

    @AfterEach
    void closed() {
        git.close();
    }

    @Test
    void aPresubmitSeesWhatTheChangeAddedSinceItsBase() throws Exception {
        write(IMAGES, image("x", A, "[a]"));
        RevCommit base = commit(NOW);
        write(IMAGES, image("x", A, "[a]") + entry(B, "[b]"));
        commit(NOW);
        write(IMAGES, image("x", A, "[a]") + entry(B, "[b]") + entry(C, "[]"));
        commit(NOW);
        assertThat(diff().prow(Map.of("JOB_TYPE", "presubmit", "PULL_BASE_SHA", base.name())))
                .containsExactly(B, C);
        assertThat(diff().prow(Map.of("JOB_TYPE", "batch", "PULL_BASE_SHA", base.name())))
                .containsExactly(B, C);
        assertThat(diff().prow(Map.of("JOB_TYPE", "postsubmit"))).containsExactly(C);
    }

    @Test
    void whatAChangeOnlyRemovesIsNotPromotedAgain() throws Exception {
        write(IMAGES, image("x", A, "[a]") + entry(B, "[b]"));
        commit(NOW);
        write(IMAGES, image("x", A, "[a]"));
        commit(NOW);
        assertThat(added()).isEmpty();
    }

    @Test
    void anyQuotingCounts() throws Exception {
        commit(NOW);
        write(IMAGES, "- name: x\n  dmap:\n    '" + A + "': []\n    " + B + ": []\n    ? \"" + C + "\"\n    : []\n");
        commit(NOW);
        assertThat(added()).containsExactly(A, B, C);
    }

    @Test
    void aDigestWhoseTagsChangedCounts() throws Exception {
        write(IMAGES, image("x", A, "[a]") + entry(B, "[b]"));
        commit(NOW);
        write(IMAGES, image("x", A, "[a, aa]") + entry(B, "[b]"));
        commit(NOW);
        assertThat(added()).containsExactly(A);
    }

    @Test
    void aTagOnALineOfItsOwnCountsForItsDigest() throws Exception {
        write(IMAGES, image("x", A, "\n    - a") + entry(B, "\n    - b"));
        commit(NOW);
        write(IMAGES, image("x", A, "\n    - a\n    - aa") + entry(B, "\n    - b"));
        commit(NOW);
        assertThat(added()).containsExactly(A);
    }

    @Test
    void theDigestsOfARenamedImageCount() throws Exception {
        write(IMAGES, image("x", A, "[a]") + image("y", B, "[b]"));
        commit(NOW);
        write(IMAGES, image("z", A, "[a]") + image("y", B, "[b]"));
        commit(NOW);
        assertThat(added()).containsExactly(A);
    }

    @Test
    void onlyImageListsBelowTheTreeCount() throws Exception {
        commit(NOW);
        write("other/images/p/images.yaml", image("x", A, "[]"));
        write("images.yaml", image("x", A, "[]"));
        write("k8s-2/images/p/images.yaml", image("x", A, "[]"));
        write("k8s/images/p/notes.yaml", image("x", B, "[]"));
        write("k8s/images/new/images.yaml", image("x", C, "[]"));
        commit(NOW);
        assertThat(added()).containsExactly(C);
        assertThat(ManifestDiff.in(root()).prow(Map.of("JOB_TYPE", "postsubmit")))
                .contains(A, C);
    }

    @Test
    void aPlainManifestIsComparedWithItself() throws Exception {
        write("m.yaml", "registries: []\nimages:\n" + image("x", A, "[a]"));
        commit(NOW);
        write("m.yaml", "registries: []\nimages:\n" + image("x", A, "[a]") + entry(B, "[b]"));
        write(IMAGES, image("x", C, "[]"));
        commit(NOW);
        assertThat(ManifestDiff.in(root().resolve("m.yaml")).prow(Map.of("JOB_TYPE", "postsubmit")))
                .containsExactly(B);
    }

    @Test
    void aBrokenVersionIsComparedByItsLines() throws Exception {
        write(IMAGES, "- name: [\n");
        commit(NOW);
        write(IMAGES, "- name: [\n" + A + "\n");
        commit(NOW);
        assertThat(added()).containsExactly(A);
    }

    @Test
    void whatIsNotCommittedDoesNotCount() throws Exception {
        commit(NOW);
        commit(NOW);
        write(IMAGES, image("x", A, "[a]"));
        assertThat(added()).isEmpty();
    }

    @Test
    void aTimeWindowBeginsAtTheParentOfItsOldestCommit() throws Exception {
        write(IMAGES, image("x", A, "[a]"));
        commit(NOW.minus(Duration.ofDays(20)));
        write(IMAGES, image("x", A, "[a]") + entry(B, "[b]"));
        commit(NOW.minus(Duration.ofDays(6)));
        write(IMAGES, image("x", A, "[a]") + entry(B, "[b]") + entry(C, "[c]"));
        commit(NOW.minus(Duration.ofHours(2)));
        assertThat(diff().since("7 days", CLOCK)).containsExactly(B, C);
        assertThat(diff().since("yesterday", CLOCK)).containsExactly(C);
        assertThat(diff().since("1 hour ago", CLOCK)).isEmpty();
        // The oldest commit of all has no parent: what it brought itself is the base.
        assertThat(diff().since("2 years", CLOCK)).containsExactly(B, C);
    }

    @Test
    void aSubfolderAndALinkToItAreFine() throws Exception {
        commit(NOW);
        write(IMAGES, image("x", A, "[a]"));
        commit(NOW);
        Path link = Files.createSymbolicLink(folder.resolve("link"), root().resolve("k8s"));
        assertThat(ManifestDiff.in(link).prow(Map.of("JOB_TYPE", "postsubmit"))).containsExactly(A);
    }

    @Test
    void aLinkedWorkTreeIsFine() throws Exception {
        commit(NOW);
        write(IMAGES, image("x", A, "[a]"));
        RevCommit head = commit(NOW);
        // What `git worktree add` writes.
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Path own = Files.createDirectories(root().resolve(".git/worktrees/tree"));
        Files.writeString(tree.resolve(".git"), "gitdir: " + own + "\n");
        Files.writeString(own.resolve("gitdir"), tree.resolve(".git") + "\n");
        Files.writeString(own.resolve("commondir"), "../..\n");
        Files.writeString(own.resolve("HEAD"), head.name() + "\n");
        Files.createDirectories(tree.resolve("k8s"));
        assertThat(ManifestDiff.in(tree.resolve("k8s")).prow(Map.of("JOB_TYPE", "postsubmit")))
                .containsExactly(A);
    }

    @Test
    void aShallowCloneIsToldHowToGetTheRest() throws Exception {
        RevCommit first = commit(NOW.minus(Duration.ofHours(3)));
        write(IMAGES, image("x", A, "[a]"));
        commit(NOW.minus(Duration.ofHours(2)));
        Path shallow = folder.resolve("shallow");
        Git.cloneRepository()
                .setURI(root().toUri().toString())
                .setDirectory(shallow.toFile())
                .setDepth(1)
                .call()
                .close();
        ManifestDiff diff = ManifestDiff.in(shallow.resolve("k8s"));
        assertThatThrownBy(() -> diff.since("7 days", CLOCK))
                .isInstanceOf(DiffException.class)
                .hasMessageContaining("the history ends at ")
                .hasMessageContaining("git fetch --unshallow");
        assertThatThrownBy(() -> diff.prow(Map.of("JOB_TYPE", "postsubmit")))
                .hasMessage("commit HEAD^ is not in the repository; this is a shallow clone: get the rest with"
                        + " \"git fetch --unshallow\"");
        assertThatThrownBy(() -> diff.prow(Map.of("JOB_TYPE", "presubmit", "PULL_BASE_SHA", first.name())))
                .hasMessageContaining(first.name())
                .hasMessageContaining("git fetch --unshallow");
    }

    @Test
    void jobTypesAreThoseOfProw() throws Exception {
        commit(NOW);
        assertThatThrownBy(() -> diff().prow(Map.of()))
                .isInstanceOf(DiffException.class)
                .hasMessage("JOB_TYPE is not set; want presubmit, batch or postsubmit, as Prow sets it");
        assertThatThrownBy(() -> diff().prow(Map.of("JOB_TYPE", "periodic")))
                .hasMessage("JOB_TYPE is \"periodic\"; a manifest diff is for presubmit, batch and postsubmit");
        assertThatThrownBy(() -> diff().prow(Map.of("JOB_TYPE", "presubmit")))
                .hasMessage("JOB_TYPE is presubmit and PULL_BASE_SHA is not set; set it to the commit that the change"
                        + " is based on");
        assertThatThrownBy(() -> diff().prow(Map.of("JOB_TYPE", "presubmit", "PULL_BASE_SHA", "f".repeat(40))))
                .hasMessageContaining("f".repeat(40))
                .hasMessageEndingWith("; fetch it first");
    }

    @Test
    void manifestsOutsideOfARepositoryHaveNoHistory() throws Exception {
        Path bare = Files.createTempDirectory(Path.of("/tmp"), "none");
        try {
            assertThatThrownBy(() -> ManifestDiff.in(bare).since("7 days", CLOCK))
                    .hasMessage(bare + " is not in a git repository; a manifest diff needs its history");
        } finally {
            Files.delete(bare);
        }
    }

    @Test
    void aRealTreeShowsWhatItsLastChangeAdded() throws Exception {
        Path images = Path.of("src/test/resources/registry.k8s.io/images/k8s-staging-artifact-promoter/images.yaml");
        String real = Files.readString(images);
        String digest = "sha256:71d689c855f1bbb5bb2c6dc7e696a5c6d70de715fb98858c0cb2140aa33f9ed0";
        String before = real.lines().filter(line -> !line.contains(digest)).collect(Collectors.joining("\n", "", "\n"));
        write("k8s/images/k8s-staging-artifact-promoter/images.yaml", before);
        commit(NOW.minusSeconds(60));
        write("k8s/images/k8s-staging-artifact-promoter/images.yaml", real);
        commit(NOW);

        assertThat(before).isNotEqualTo(real);
        assertThat(added()).containsExactly(Digest.parse(digest));
    }

    private Set<Digest> added() {
        return diff().prow(Map.of("JOB_TYPE", "postsubmit"));
    }

    private ManifestDiff diff() {
        return ManifestDiff.in(root().resolve("k8s"));
    }

    private Path root() {
        return git.getRepository().getWorkTree().toPath();
    }

    private RevCommit commit(Instant when) throws GitAPIException {
        git.add().addFilepattern(".").call();
        PersonIdent who = new PersonIdent("A", "a@example.com", when, ZoneOffset.UTC);
        return git.commit()
                .setMessage("change")
                .setAuthor(who)
                .setCommitter(who)
                .setSign(false)
                .call();
    }

    private void write(String path, String text) throws IOException {
        Path file = root().resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private static String image(String name, Digest digest, String tags) {
        return "- name: " + name + "\n  dmap:\n" + entry(digest, tags);
    }

    private static String entry(Digest digest, String tags) {
        return "    \"" + digest + "\": " + tags + "\n";
    }
}
