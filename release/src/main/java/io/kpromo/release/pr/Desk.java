// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.SourceFile;
import java.util.List;
import java.util.Optional;

/// Where the change is worked out: through the forge, or in a clone.
interface Desk {
    /// The commit that the change begins at.
    ///
    /// @throws PromotionException when its branch is not there
    CommitId base() throws InterruptedException;

    /// All files of one name below a folder, in the order of a walk.
    List<SourceFile> files(CommitId at, String folder, String name) throws InterruptedException;

    Optional<SourceFile> file(CommitId at, String path) throws InterruptedException;

    /// Puts a commit on a branch of the fork.
    ///
    /// @throws io.kpromo.forge.ConflictException when the branch is not as expected
    CommitId push(NewCommit commit) throws InterruptedException;

    /// Removes what was made on this machine for it.
    ///
    /// @param asking whether a person may want to keep it
    void leave(boolean asking) throws InterruptedException;
}
