// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.util.List;
import java.util.Optional;

/// The source of one repository: files, commits, branches and tags, without a clone.
public interface Sources {
    /// @return empty when there is no such repository, or this account may not see it
    Optional<RepositoryFacts> facts() throws InterruptedException;

    /// Looks at the repository and at one of its branches, at once where the forge can.
    ///
    /// @return empty when there is no such repository, or this account may not see it
    default Optional<BranchFacts> facts(RefName branch) throws InterruptedException {
        Optional<RepositoryFacts> facts = facts();
        return facts.isEmpty() ? Optional.empty() : Optional.of(new BranchFacts(facts.get(), branch(branch)));
    }

    /// @return what a branch points to, empty when there is none
    Optional<CommitId> branch(RefName name) throws InterruptedException;

    /// @return the commit that a tag points to, through the tag's own object; empty when there is none
    Optional<CommitId> tag(RefName name) throws InterruptedException;

    /// All tags.
    List<RefName> tags() throws InterruptedException;

    /// A file of any size, with all its bytes.
    ///
    /// @return empty when the commit has no such file
    Optional<SourceFile> file(CommitId at, String path) throws InterruptedException;

    /// All files of one name below a folder, at most two folders deeper, sorted by path as files of a walk come
    /// (by folder, each level by name). Small files, read in as few requests as the forge allows.
    ///
    /// @param folder from the root, with `/`, without one at its end
    List<SourceFile> files(CommitId at, String folder, String name) throws InterruptedException;

    /// Makes a commit and puts it on its branch.
    ///
    /// @throws ConflictException when the branch is not as expected
    CommitId write(NewCommit commit) throws InterruptedException;

    /// Deletes a branch when it still points to this commit; where there is none, nothing is done.
    ///
    /// @throws ConflictException when it points elsewhere
    void deleteBranch(RefName name, CommitId expected) throws InterruptedException;

    /// Puts an annotated tag on a commit.
    ///
    /// @throws ConflictException when there is a tag of that name already
    void createTag(RefName name, CommitId commit, String message, Optional<Author> tagger) throws InterruptedException;

    /// The commits that `to` has and `from` has not, oldest first; all of them, however many.
    ///
    /// @param from a branch, a tag or a commit
    /// @param to likewise
    List<SourceCommit> between(String from, String to) throws InterruptedException;
}
