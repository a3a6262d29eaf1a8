// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.StoredConfig;

/// A clone with files to work on, as a developer has it.
public final class WorkTree implements AutoCloseable {
    private final Git git;

    private WorkTree(Git git) {
        this.git = git;
    }

    /// Clones a repository of this machine.
    ///
    /// @param into an empty folder, or none
    public static WorkTree clone(Path repository, Path into) {
        try {
            Git git = Git.cloneRepository()
                    .setURI(repository.toUri().toString())
                    .setDirectory(into.toFile())
                    .call();
            // Whatever the user signs elsewhere, and no work of its own that goes on after a command ended.
            StoredConfig config = git.getRepository().getConfig();
            config.setBoolean("tag", null, "gpgSign", false);
            config.setBoolean("commit", null, "gpgSign", false);
            config.setInt("gc", null, "auto", 0);
            config.setBoolean("gc", null, "autoDetach", false);
            config.save();
            return new WorkTree(git);
        } catch (GitAPIException | IOException e) {
            throw new GitException("cannot clone " + repository + " into " + into + ": " + e.getMessage(), e);
        }
    }

    /// The one that is in a folder.
    public static WorkTree in(Path folder) {
        try {
            return new WorkTree(Git.open(folder.toFile()));
        } catch (IOException e) {
            throw new GitException("cannot open the git repository in " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Commits all that changed, and pushes the branch that is checked out to where it was cloned from.
    public CommitId commit(String message, Author author) {
        try {
            git.add().addFilepattern(".").call();
            var made = git.commit()
                    .setMessage(message)
                    .setAuthor(author.name(), author.email())
                    .setCommitter(author.name(), author.email())
                    .call();
            git.push().call();
            return new CommitId(made.name());
        } catch (GitAPIException e) {
            throw new GitException("cannot commit: " + e.getMessage(), e);
        }
    }

    /// Takes over what is new where it was cloned from.
    public void pull() {
        try {
            git.pull().call();
        } catch (GitAPIException e) {
            throw new GitException("cannot pull: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
