// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every forge does with commits, branches, tags and forks.
@Timeout(120)
public abstract class SourcesContract extends ContractGround {
    @Test
    void filesComeInTheOrderOfAWalkAndNotFromTooDeep() throws InterruptedException {
        CommitId first = home();
        assertThat(forge().sources(HOME).files(first, "m", "p.yaml"))
                .extracting(SourceFile::toString)
                .containsExactly(
                        "m/a/b/p.yaml (18 bytes)",
                        "m/a/p.yaml (1 bytes)",
                        "m/a-b/p.yaml (3 bytes)",
                        "m/b/p.yaml (1 bytes)",
                        "m/p.yaml (3 bytes)");
        assertThat(forge().sources(HOME).files(first, "nowhere", "p.yaml")).isEmpty();
    }

    @Test
    void aFileIsReadWholeWhateverItsSizeAndBytes() throws InterruptedException {
        CommitId first = home();
        Sources sources = forge().sources(HOME);
        assertThat(sources.file(first, "images/large.yaml").map(SourceFile::size))
                .contains(1_100_000);
        assertThat(sources.file(first, "m")).isEmpty();
        assertThat(sources.file(first, "m/nowhere")).isEmpty();
        byte[] odd = {(byte) 0xff, 0, (byte) 0xc3, '\r', '\n'};
        CommitId second = sources.write(change(first, Optional.empty(), SourceFile.of("dir with space/ü+%.bin", odd)));
        assertThat(sources.file(second, "dir with space/ü+%.bin").map(SourceFile::bytes))
                .contains(odd);
    }

    @Test
    void aRepositoryThatIsNotThereHasNoFacts() throws InterruptedException {
        home();
        assertThat(forge().sources(Slug.of("team/none")).facts()).isEmpty();
        assertThat(forge().sources(HOME).facts()).hasValueSatisfying(facts -> {
            assertThat(facts.slug()).hasToString("team/k8s.io");
            assertThat(facts.mainBranch()).isEqualTo(MAIN);
            assertThat(facts.parent()).isEmpty();
        });
        assertThat(forge().sources(HOME).branch(new RefName("none"))).isEmpty();
        assertThat(forge().sources(HOME).tag(new RefName("none"))).isEmpty();
    }

    @Test
    void aCommitChangesItsFilesAndLeavesTheOthers() throws InterruptedException {
        CommitId first = home();
        Sources sources = forge().sources(HOME);
        CommitId second = sources.write(change(
                first, Optional.empty(), SourceFile.of("m/b/p.yaml", "new\n"), SourceFile.of("m/c/p.yaml", "more")));
        assertThat(sources.branch(CHANGE)).contains(second);
        assertThat(sources.branch(MAIN)).contains(first);
        assertThat(sources.file(second, "m/b/p.yaml")).contains(SourceFile.of("m/b/p.yaml", "new\n"));
        assertThat(sources.file(second, "m/c/p.yaml")).contains(SourceFile.of("m/c/p.yaml", "more"));
        assertThat(sources.file(second, "p.yaml")).contains(SourceFile.of("p.yaml", "outside"));
        assertThat(sources.between("main", CHANGE.text())).singleElement().satisfies(commit -> {
            assertThat(commit.id()).isEqualTo(second);
            assertThat(commit.message()).startsWith("A change\n\nSigned-off-by: Carol");
            assertThat(commit.authorName()).isEqualTo("Carol");
        });
    }

    @Test
    void aBranchThatIsNotAsExpectedStays() throws InterruptedException {
        CommitId first = home();
        Sources sources = forge().sources(HOME);
        CommitId second = sources.write(change(first, Optional.empty(), SourceFile.of("x", "1")));
        assertThatThrownBy(() -> sources.write(change(first, Optional.empty(), SourceFile.of("x", "2"))))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> sources.write(change(first, Optional.of(first), SourceFile.of("x", "2"))))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> sources.deleteBranch(CHANGE, first)).isInstanceOf(ConflictException.class);
        assertThat(sources.branch(CHANGE)).contains(second);
        // Put anew on the parent, as --force does it.
        CommitId third = sources.write(change(first, Optional.of(second), SourceFile.of("x", "3")));
        assertThat(sources.branch(CHANGE)).contains(third);
        assertThat(sources.between("main", CHANGE.text())).hasSize(1);
        sources.deleteBranch(CHANGE, third);
        sources.deleteBranch(CHANGE, third);
        assertThat(sources.branch(CHANGE)).isEmpty();
    }

    @Test
    void aForkKnowsItsParentAndGetsCommitsThatItLacks() throws InterruptedException {
        home();
        Slug fork = scene().fork(HOME, "alice");
        assertThat(forge().sources(fork).facts()).map(RepositoryFacts::parent).contains(Optional.of(HOME));
        CommitId newer = scene().commit(HOME, MAIN, List.of(SourceFile.of("new", "1")), "News");
        NewCommit alone = change(newer, Optional.empty(), SourceFile.of("x", "1"));
        if (forksLag()) {
            assertThatThrownBy(() -> forge().sources(fork).write(alone)).isInstanceOf(ForgeException.class);
        }
        CommitId made = forge().sources(fork)
                .write(new NewCommit(
                        CHANGE,
                        Optional.empty(),
                        Optional.of(HOME),
                        newer,
                        alone.files(),
                        alone.message(),
                        alone.author()));
        assertThat(forge().sources(fork).branch(CHANGE)).contains(made);
        assertThat(forge().sources(fork).file(made, "new")).isPresent();
    }

    @Test
    void aForkWithCommitsOfItsOwnGetsBranchesThatBeginAtTheParent() throws InterruptedException {
        home();
        Slug fork = scene().fork(HOME, "alice");
        scene().commit(fork, MAIN, List.of(SourceFile.of("mine", "1")), "Mine");
        CommitId newer = scene().commit(HOME, MAIN, List.of(SourceFile.of("new", "1")), "News");
        Sources sources = forge().sources(fork);
        CommitId made = sources.write(onto(newer, Optional.empty(), "1"));
        CommitId newest = scene().commit(HOME, MAIN, List.of(SourceFile.of("new", "2")), "More news");
        CommitId other = sources.write(onto(newest, Optional.of(made), "2"));

        assertThat(sources.branch(CHANGE)).contains(other);
        assertThat(sources.file(other, "new")).contains(SourceFile.of("new", "2"));
        assertThat(sources.file(other, "x")).contains(SourceFile.of("x", "2"));
        assertThat(sources.file(other, "mine")).isEmpty();
        assertThat(sources.between(newest.hex(), CHANGE.text()))
                .extracting(SourceCommit::id)
                .containsExactly(other);
        CommitId main = sources.branch(MAIN).orElseThrow();
        assertThat(sources.file(main, "mine")).isPresent();
    }

    private static NewCommit onto(CommitId parent, Optional<CommitId> over, String content) {
        return new NewCommit(
                CHANGE,
                over,
                Optional.of(HOME),
                parent,
                List.of(SourceFile.of("x", content)),
                "A change",
                Optional.of(CAROL));
    }

    @Test
    void aTagIsPutOnceAndLeadsToItsCommit() throws InterruptedException {
        CommitId first = home();
        Sources sources = forge().sources(HOME);
        RefName tag = new RefName("v1.0.0");
        sources.createTag(tag, first, "Release 1", Optional.of(CAROL));
        assertThat(sources.tag(tag)).contains(first);
        assertThat(sources.tags()).containsExactly(tag);
        CommitId second = scene().commit(HOME, MAIN, List.of(SourceFile.of("new", "1")), "News");
        assertThatThrownBy(() -> sources.createTag(tag, second, "again", Optional.empty()))
                .isInstanceOf(ConflictException.class);
        assertThat(sources.between("v1.0.0", "main"))
                .extracting(SourceCommit::id)
                .containsExactly(second);
    }

    @Test
    void tagsAreListedAllOfThem() throws InterruptedException {
        CommitId first = home();
        int many = moreTagsThanAPage();
        for (int i = 0; i < many; i++) {
            forge().sources(HOME).createTag(new RefName("v1.0." + i), first, "Release", Optional.empty());
        }
        assertThat(forge().sources(HOME).tags())
                .doesNotHaveDuplicates()
                .hasSize(many)
                .contains(new RefName("v1.0.0"), new RefName("v1.0." + (many - 1)));
    }

    @Test
    void commitsBetweenAreAllOfThemOldestFirst() throws InterruptedException {
        CommitId first = home();
        int many = moreThanAPage();
        for (int i = 0; i < many; i++) {
            scene().commit(HOME, MAIN, List.of(SourceFile.of("f", "" + i)), "Commit " + i);
        }
        List<SourceCommit> commits = forge().sources(HOME).between(first.hex(), "main");
        assertThat(commits).hasSize(many);
        assertThat(commits.getFirst().title()).isEqualTo("Commit 0");
        assertThat(commits.getLast().title()).isEqualTo("Commit " + (many - 1));
    }
}
