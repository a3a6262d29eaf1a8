// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ConflictException;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;

/// A git repository on this machine, with a work tree or without. Commits are made beside the work tree, which
/// stays as it is. For one thread at a time. What it holds is read by the methods of [GitHistory].
public final class GitRepository extends GitHistory implements AutoCloseable {
    private GitRepository(Repository repository) {
        super(repository);
    }

    /// The repository that a folder lies in; empty when it lies in none.
    public static Optional<GitRepository> around(Path folder) {
        try {
            FileRepositoryBuilder builder = new FileRepositoryBuilder()
                    .findGitDir(folder.toRealPath().toFile())
                    .setMustExist(true);
            return builder.getGitDir() == null ? Optional.empty() : Optional.of(new GitRepository(builder.build()));
        } catch (IOException e) {
            throw new GitException("cannot open the git repository around " + folder + ": " + e.getMessage(), e);
        }
    }

    /// A repository without work tree.
    ///
    /// @throws GitException when there is none
    public static GitRepository bare(Path folder) {
        try {
            return new GitRepository(new FileRepositoryBuilder()
                    .setGitDir(folder.toFile())
                    .setMustExist(true)
                    .setBare()
                    .build());
        } catch (IOException e) {
            throw new GitException("cannot open the git repository " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Makes an empty repository. One without a work tree signs no tags, whatever its user is set up to do.
    ///
    /// @param main the branch that work goes to
    /// @param bare whether it has no work tree
    public static GitRepository create(Path folder, RefName main, boolean bare) {
        try (Git git = Git.init()
                .setDirectory(folder.toFile())
                .setBare(bare)
                .setInitialBranch(main.text())
                .call()) {
            Repository made = git.getRepository();
            if (bare) {
                // What stands for a forge signs nothing, whatever its user signs.
                made.getConfig().setBoolean("tag", null, "gpgSign", false);
                // Nor does it begin work of its own that goes on after a command ended.
                made.getConfig().setInt("gc", null, "auto", 0);
                made.getConfig().setBoolean("gc", null, "autoDetach", false);
                made.getConfig().save();
            }
            made.incrementOpen(); // for us, while "git" lets go of it
            return new GitRepository(made);
        } catch (GitAPIException | IOException e) {
            throw new GitException("cannot make a git repository in " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Fetches the newest commit of a branch, and nothing of what came before, into a new repository without work
    /// tree.
    ///
    /// @param into an empty folder
    public static GitRepository shallowClone(GitRemote from, RefName branch, Path into) {
        GitRepository made = create(into, branch, true);
        String ref = Constants.R_HEADS + branch.text();
        try (Git git = new Git(made.inside())) {
            from.prepare(git.fetch())
                    .setRemote(from.address())
                    .setRefSpecs(new RefSpec("+" + ref + ":" + ref))
                    .setDepth(1)
                    .setTagOpt(TagOpt.NO_TAGS)
                    .setProgressMonitor(new UntilInterrupted())
                    .call();
            return made;
        } catch (GitAPIException | JGitInternalException e) {
            made.close();
            throw new GitException("cannot clone branch " + branch + " of " + from + ": " + Causes.of(e), e);
        }
    }

    /// Sends a branch to another repository.
    ///
    /// @param over what it must point to there; empty when it must not exist
    /// @throws ConflictException when it is not as expected there
    public void push(GitRemote to, RefName branch, Optional<CommitId> over) {
        new Pushing(inside(), to).push(Constants.R_HEADS + branch.text(), over);
    }

    /// Sends a tag to another repository; where it has the same already, nothing is done.
    ///
    /// @throws ConflictException when there is another one of that name
    public void pushTag(GitRemote to, RefName tag) {
        new Pushing(inside(), to).push(Constants.R_TAGS + tag.text(), Optional.empty());
    }

    /// Makes a commit and puts it on its branch.
    ///
    /// @param author who is taken where the commit names none
    /// @throws ConflictException when the branch is not as expected
    public CommitId write(NewCommit commit, Author author, Instant when) {
        if (!has(commit.parent())) {
            throw missing(commit.parent().hex());
        }
        String branch = Constants.R_HEADS + commit.branch().text();
        return reading(() -> {
            ObjectId made = new Trees(inside()).commit(commit, commit.author().orElse(author), when);
            move(branch, commit.over(), made);
            return new CommitId(made.name());
        });
    }

    /// The first commit of an empty repository.
    public CommitId begin(RefName branch, List<SourceFile> files, String message, Author author, Instant when) {
        return reading(() -> {
            ObjectId made = new Trees(inside()).commit(Optional.empty(), files, message, author, when);
            move(Constants.R_HEADS + branch.text(), Optional.empty(), made);
            return new CommitId(made.name());
        });
    }

    /// Merges a commit into a branch.
    ///
    /// @throws ConflictException when their changes do not fit together
    public CommitId merge(RefName branch, CommitId commit, String message, Author author, Instant when) {
        CommitId base = branch(branch).orElseThrow(() -> missing(branch.text()));
        return reading(() -> {
            ObjectId made = new Trees(inside()).merge(id(base), id(commit), message, author, when);
            move(Constants.R_HEADS + branch.text(), Optional.of(base), made);
            return new CommitId(made.name());
        });
    }

    /// Deletes a branch when it still points to this commit; where there is none, nothing is done.
    ///
    /// @throws ConflictException when it points elsewhere
    public void deleteBranch(RefName name, CommitId expected) {
        if (branch(name).isEmpty()) {
            return;
        }
        reading(() -> {
            RefUpdate update = inside().updateRef(Constants.R_HEADS + name.text());
            update.setExpectedOldObjectId(id(expected));
            update.setForceUpdate(true);
            moved(update.delete(), name.text());
            return expected;
        });
    }

    /// Puts an annotated tag on a commit; it is signed where git is set up to sign tags.
    ///
    /// @throws ConflictException when there is a tag of that name already
    public void createTag(RefName name, CommitId commit, String message, Author tagger, Instant when) {
        if (tag(name).isPresent()) {
            throw new ConflictException("git repository " + folder() + ": there is a tag " + name + " already");
        }
        reading(() -> {
            ObjectId made = new TagWriter(inside()).write(name, id(commit), message, tagger, when);
            move(Constants.R_TAGS + name.text(), Optional.empty(), made);
            return commit;
        });
    }

    /// Whether git is set up to sign tags.
    public boolean signsTags() {
        return new TagWriter(inside()).signs();
    }

    /// Sets a branch or a tag, by its full name, when it is as expected.
    private void move(String ref, Optional<CommitId> over, ObjectId to) throws IOException {
        RefUpdate update = inside().updateRef(ref);
        update.setExpectedOldObjectId(over.map(GitHistory::id).orElse(ObjectId.zeroId()));
        update.setNewObjectId(to);
        update.setForceUpdate(true);
        moved(update.update(), ref);
    }

    private void moved(RefUpdate.Result result, String ref) {
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
            case LOCK_FAILURE, REJECTED, REJECTED_CURRENT_BRANCH, REJECTED_MISSING_OBJECT, REJECTED_OTHER_REASON ->
                throw new ConflictException("git repository " + folder() + ": " + ref + " is not as expected, it was"
                        + " made or moved meanwhile");
            case NOT_ATTEMPTED, IO_FAILURE, RENAMED ->
                throw new GitException("git repository " + folder() + ": " + ref + " cannot be set: " + result);
        }
    }

    /// Takes branches or tags over from another repository on this machine, with all that they need.
    ///
    /// @param from the full name there, may end with `/*`
    /// @param into the full name here, likewise; what it pointed to before is forgotten
    public void take(GitRepository other, String from, String into) {
        reading(() -> {
            try (Git git = new Git(inside())) {
                return git.fetch()
                        .setRemote(other.inside().getDirectory().toURI().toString())
                        .setRefSpecs(new RefSpec("+" + from + ":" + into))
                        .setTagOpt(TagOpt.NO_TAGS)
                        .call();
            } catch (GitAPIException e) {
                throw new IOException("cannot take " + from + " from " + other.folder() + ": " + e.getMessage(), e);
            }
        });
    }

    @Override
    public void close() {
        inside().close();
    }
}
