// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.diff;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/// Where a file comes from, as the git repository around it tells.
///
/// @param path of the file in the repository, with slashes; as it was named where there is no repository
/// @param uri of the repository, `git+https://…` without credentials; empty where it has no remote
/// @param commit that holds the file just as it is; empty where the file was changed since, or no repository is there
public record Checkout(String path, Optional<String> uri, Optional<String> commit) {
    private static final Pattern SCP = Pattern.compile("(?:[^@/]+@)?([^:/]+):(?!//)(.+)");

    /// What git knows of a file. That it knows nothing is an answer too.
    ///
    /// @param environment where the remote's name is looked for when the repository has none: prow's jobs set
    ///     `REPO_OWNER` and `REPO_NAME`
    public static Checkout of(Path file, Map<String, String> environment) {
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
                return new Checkout(path, uri(repository, environment), commit(repository, path, real));
            }
        } catch (IOException e) {
            return nothing(file);
        }
    }

    private static Checkout nothing(Path file) {
        return new Checkout(file.toString(), Optional.empty(), Optional.empty());
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

    private static Optional<String> uri(Repository repository, Map<String, String> environment) {
        return Optional.ofNullable(repository.getConfig().getString("remote", "origin", "url"))
                .or(() -> prow(environment))
                .flatMap(Checkout::shown);
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

    /// The address without user, password, query or fragment: each may hold a token. Empty where it is only a place on
    /// this machine.
    static Optional<String> shown(String remote) {
        Matcher scp = SCP.matcher(remote);
        if (scp.matches()) {
            return Optional.of(address(scp.group(1), scp.group(2)));
        }
        try {
            URI uri = new URI(remote);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || scheme.equals("file")) {
                return Optional.empty();
            }
            boolean web = scheme.equals("https") || scheme.equals("http");
            String host = web && uri.getPort() >= 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
            return Optional.of(address(host, uri.getPath()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String address(String host, String path) {
        String bare = path.replaceFirst("^/+", "").replaceFirst("/+$", "").replaceFirst("\\.git$", "");
        return "git+https://" + host + "/" + bare;
    }
}
