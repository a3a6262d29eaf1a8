// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.ConflictException;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefLeaseSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/// Sends one branch or tag, when the other side has what is expected there.
record Pushing(Repository repository, GitRemote to) {
    void push(String ref, Optional<CommitId> over) {
        ObjectId expected = over.map(GitHistory::id).orElse(ObjectId.zeroId());
        try (Git git = new Git(repository)) {
            Iterable<PushResult> results = to.prepare(git.push())
                    .setRemote(to.address())
                    .setRefSpecs(new RefSpec("+" + ref + ":" + ref))
                    .setRefLeaseSpecs(new RefLeaseSpec(ref, expected.name()))
                    .setProgressMonitor(new UntilInterrupted())
                    .call();
            for (PushResult result : results) {
                for (RemoteRefUpdate update : result.getRemoteUpdates()) {
                    check(update, result);
                }
            }
        } catch (GitAPIException | JGitInternalException e) {
            throw new GitException("cannot push " + ref + " to " + to + ": " + Causes.of(e), e);
        }
    }

    private void check(RemoteRefUpdate update, PushResult result) {
        String what = update.getRemoteName() + " of " + to;
        switch (update.getStatus()) {
            case OK, UP_TO_DATE -> {}
            case REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD ->
                throw new ConflictException(what + " is not as expected: it was made or moved by somebody else");
            case REJECTED_OTHER_REASON, REJECTED_NODELETE, NON_EXISTING, NOT_ATTEMPTED, AWAITING_REPORT -> {
                String said = (update.getMessage() == null ? "" : update.getMessage() + " ")
                        + (result.getMessages() == null
                                ? ""
                                : result.getMessages().strip());
                throw new GitException(what + " was refused (" + update.getStatus() + "): " + said.strip());
            }
        }
    }
}
