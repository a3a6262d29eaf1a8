// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.diff;

import io.kpromo.trust.statement.ManifestOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.NoWorkTreeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/// The git repository around a file, as far as it tells where the file comes from.
public final class Checkout {
    private Checkout() {}

    /// What git knows of a file: its path in the repository, the repository's address without credentials, the
    /// commit that holds the file just as it is. That git knows nothing is an answer too: then it is the name
    /// that was given.
    ///
    /// @param environment where the remote's name is looked for when the repository has none: prow's jobs set
    ///     `REPO_OWNER` and `REPO_NAME`
    public static ManifestOrigin origin(Path file, Map<String, String> environment) {
        try {
            Path real = file.toRealPath();
            FileRepositoryBuilder builder =
                    new FileRepositoryBuilder().findGitDir(real.toFile()).setMustExist(true);
            if (builder.getGitDir() == null) {
                return nothing(file);
            }
            try (Repository repository = builder.build()) {
                Path tree = repository.getWorkTree().toPath().toRealPath();
                String path = tree.relativize(real).toString().replace('\\', '/');
                ManifestOrigin origin = ManifestOrigin.of(path, remote(repository, environment), "");
                return new ManifestOrigin(path, origin.uri(), commit(repository, path, real));
            }
        } catch (IOException | NoWorkTreeException e) {
            return nothing(file);
        }
    }

    private static ManifestOrigin nothing(Path file) {
        return new ManifestOrigin(file.toString(), Optional.empty(), Optional.empty());
    }

    /// HEAD, where it holds the very bytes that were read.
    private static Optional<String> commit(Repository repository, String path, Path file) throws IOException {
        ObjectId head = repository.resolve(Constants.HEAD);
        if (head == null) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk entry = TreeWalk.forPath(
                        repository, path, walk.parseCommit(head).getTree());
                ObjectInserter.Formatter hasher = new ObjectInserter.Formatter()) {
            boolean same = entry != null
                    && entry.getObjectId(0).equals(hasher.idFor(Constants.OBJ_BLOB, Files.readAllBytes(file)));
            return same ? Optional.of(head.name()) : Optional.empty();
        }
    }

    private static Optional<String> remote(Repository repository, Map<String, String> environment) {
        return Optional.ofNullable(repository.getConfig().getString("remote", "origin", "url"))
                .or(() -> prow(environment));
    }

    private static Optional<String> prow(Map<String, String> environment) {
        String owner = environment.getOrDefault("REPO_OWNER", "");
        String name = environment.getOrDefault("REPO_NAME", "");
        if (owner.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        // Prow names an owner outside GitHub by its whole address.
        return Optional.of((owner.contains("://") ? owner : "https://github.com/" + owner) + "/" + name);
    }
}
