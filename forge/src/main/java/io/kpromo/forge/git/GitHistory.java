// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.RefName;
import io.kpromo.forge.SourceCommit;
import io.kpromo.forge.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/// What a git repository holds: branches, tags, commits, files, and what of its work tree is not committed.
public abstract sealed class GitHistory permits GitRepository {
    private final Repository repository;

    GitHistory(Repository repository) {
        this.repository = repository;
    }

    /// Its work tree, or where there is none its own folder.
    public final Path folder() {
        return (repository.isBare() ? repository.getDirectory() : repository.getWorkTree()).toPath();
    }

    /// What HEAD points to; empty before the first commit.
    public final Optional<CommitId> head() {
        return commit(Constants.HEAD);
    }

    /// The branch that is checked out; empty where a commit is.
    public final Optional<RefName> checkedOut() {
        return reading(() -> Optional.ofNullable(repository.getFullBranch())
                .filter(name -> name.startsWith(Constants.R_HEADS))
                .map(name -> new RefName(Repository.shortenRefName(name))));
    }

    public final Optional<CommitId> branch(RefName name) {
        return commit(Constants.R_HEADS + name.text());
    }

    /// The commit that a tag points to, through the tag's own object.
    public final Optional<CommitId> tag(RefName name) {
        return commit(Constants.R_TAGS + name.text());
    }

    /// A branch, a tag or a commit, whichever has this name; a branch of `origin` where no own one has it.
    public final Optional<CommitId> commit(String revision) {
        return reading(() -> {
            try {
                return Optional.ofNullable(repository.resolve(revision + "^{commit}"))
                        .map(id -> new CommitId(id.name()));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    public final boolean has(CommitId commit) {
        return reading(() -> repository.getObjectDatabase().has(id(commit)));
    }

    public final List<RefName> tags() {
        return names(Constants.R_TAGS);
    }

    public final List<RefName> branches() {
        return names(Constants.R_HEADS);
    }

    private List<RefName> names(String prefix) {
        return reading(() -> repository.getRefDatabase().getRefsByPrefix(prefix).stream()
                .map(ref -> new RefName(ref.getName().substring(prefix.length())))
                .toList());
    }

    /// What differs between the last commit and the work tree, also what git does not know yet: paths from the
    /// root.
    public final SortedSet<String> changes() {
        return reading(() -> {
            try (Git git = new Git(repository)) {
                var status = git.status().call();
                SortedSet<String> paths = new TreeSet<>(status.getUncommittedChanges());
                paths.addAll(status.getUntracked());
                return Collections.unmodifiableSortedSet(paths);
            } catch (GitAPIException e) {
                throw new IOException(e.getMessage(), e);
            }
        });
    }

    /// The address of another repository as git knows it (`origin`).
    public final Optional<String> remote(String name) {
        return Optional.ofNullable(repository.getConfig().getString("remote", name, "url"));
    }

    /// @return empty when the commit has no such file
    public final Optional<SourceFile> file(CommitId at, String path) {
        return reading(() -> new Trees(repository).file(id(at), path));
    }

    /// All files of one name below a folder, at most two folders deeper; in the order of a walk.
    public final List<SourceFile> files(CommitId at, String folder, String name) {
        return reading(() -> new Trees(repository).files(id(at), folder, name));
    }

    /// The commits that `to` has and `from` has not, oldest first.
    ///
    /// @throws GitException when either is not there
    public final List<SourceCommit> between(String from, String to) {
        CommitId known = commit(from).orElseThrow(() -> missing(from));
        CommitId wanted = commit(to).orElseThrow(() -> missing(to));
        return reading(() -> {
            try (RevWalk walk = new RevWalk(repository)) {
                walk.sort(RevSort.TOPO);
                walk.sort(RevSort.REVERSE, true);
                walk.markStart(walk.parseCommit(id(wanted)));
                walk.markUninteresting(walk.parseCommit(id(known)));
                List<SourceCommit> commits = new ArrayList<>();
                for (RevCommit commit : walk) {
                    commits.add(shown(commit));
                }
                return commits;
            }
        });
    }

    private SourceCommit shown(RevCommit commit) {
        var author = commit.getAuthorIdent();
        return new SourceCommit(
                new CommitId(commit.name()),
                commit.getFullMessage(),
                author.getName(),
                author.getWhenAsInstant(),
                folder().toUri().resolve("commit/" + commit.name()));
    }

    final Repository inside() {
        return repository;
    }

    static ObjectId id(CommitId commit) {
        return ObjectId.fromString(commit.hex());
    }

    final GitException missing(String what) {
        return new GitException("git repository " + folder() + " has no " + what);
    }

    interface Work<T> {
        T done() throws IOException;
    }

    final <T> T reading(Work<T> work) {
        // JGit takes the first 20 bytes of such names for the whole of them.
        if ("sha256".equalsIgnoreCase(repository.getConfig().getString("extensions", null, "objectFormat"))) {
            throw new GitException("git repository " + folder() + " names its objects by SHA-256, which kpromo cannot"
                    + " read; do with git itself what this was for");
        }
        try {
            return work.done();
        } catch (IOException e) {
            throw new GitException("git repository " + folder() + ": " + e.getMessage(), e);
        }
    }
}
