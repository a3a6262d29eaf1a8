// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.diff;

import io.kpromo.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.CommitTimeRevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.PathSuffixFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.eclipse.jgit.util.io.DisabledOutputStream;

/// The git repository around some manifests, as far as a diff needs it.
final class History implements AutoCloseable {
    private static final String IMAGES_FILE = "/images.yaml";

    private final Repository repository;
    private final RevWalk walk;
    private final TreeFilter files;

    private History(Repository repository, TreeFilter files) {
        this.repository = repository;
        this.walk = new RevWalk(repository);
        this.files = files;
    }

    /// @throws DiffException when the path is in no git repository
    static History of(Path manifests) {
        try {
            Path real = manifests.toRealPath();
            boolean tree = Files.isDirectory(real);
            FileRepositoryBuilder builder =
                    new FileRepositoryBuilder().findGitDir(real.toFile()).setMustExist(true);
            if (builder.getGitDir() == null) {
                throw new DiffException(manifests + " is not in a git repository; a manifest diff needs its history");
            }
            Repository repository = builder.build();
            Path workTree = repository.getWorkTree().toPath().toRealPath();
            String path = workTree.relativize(real).toString().replace('\\', '/');
            return new History(repository, filter(path, tree));
        } catch (IOException e) {
            throw new DiffException("cannot open the git repository around " + manifests + ": " + e, e);
        }
    }

    private static TreeFilter filter(String path, boolean tree) {
        if (!tree) {
            return PathFilter.create(path);
        }
        TreeFilter named = PathSuffixFilter.create(IMAGES_FILE);
        return path.isEmpty() ? named : AndTreeFilter.create(PathFilter.create(path), named);
    }

    /// @throws DiffException when the repository does not hold that commit
    RevCommit commit(String revision) {
        try {
            ObjectId id = repository.resolve(revision + "^{commit}");
            if (id == null) {
                throw new DiffException("commit " + revision + " is not in the repository" + advice());
            }
            return walk.parseCommit(id);
        } catch (IOException | IllegalArgumentException e) {
            throw new DiffException("commit " + revision + " cannot be read: " + e.getMessage() + advice(), e);
        }
    }

    /// The digests that came in since the parent of the oldest commit that is not older than this.
    Set<Digest> addedSince(Instant since) {
        RevCommit head = commit(Constants.HEAD);
        Optional<RevCommit> oldest = oldest(head, since);
        if (oldest.isEmpty()) {
            return Set.of();
        }
        RevCommit commit = oldest.get();
        if (isCutOff(commit)) {
            throw new DiffException("the history ends at " + commit.name() + ", inside the time asked for" + advice());
        }
        return added(
                commit.getParentCount() == 0
                        ? commit
                        : commit(commit.getParent(0).name()));
    }

    private Optional<RevCommit> oldest(RevCommit head, Instant since) {
        RevCommit last = null;
        try (RevWalk log = new RevWalk(repository)) {
            log.sort(RevSort.COMMIT_TIME_DESC);
            log.setRevFilter(CommitTimeRevFilter.after(since));
            log.markStart(log.parseCommit(head));
            for (RevCommit commit : log) {
                last = commit;
            }
        } catch (IOException e) {
            throw new DiffException("the history cannot be read: " + e.getMessage() + advice(), e);
        }
        return last == null ? Optional.empty() : Optional.of(commit(last.name()));
    }

    /// The digests that stand at HEAD and were added since a commit.
    Set<Digest> added(RevCommit base) {
        RevCommit head = commit(Constants.HEAD);
        Set<Digest> digests = new TreeSet<>();
        try (DiffFormatter diff = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
            diff.setRepository(repository);
            diff.setPathFilter(files);
            List<DiffEntry> changes = diff.scan(base.getTree(), head.getTree());
            for (DiffEntry change : changes) {
                if (change.getChangeType() != DiffEntry.ChangeType.DELETE) {
                    String before = text(change.getOldId().toObjectId());
                    String after = text(change.getNewId().toObjectId());
                    digests.addAll(AddedDigests.between(
                            before, after, diff.toFileHeader(change).toEditList()));
                }
            }
        } catch (IOException e) {
            throw new DiffException("the change cannot be read: " + e.getMessage() + advice(), e);
        }
        return digests;
    }

    private String text(ObjectId blob) throws IOException {
        return blob.equals(ObjectId.zeroId())
                ? ""
                : new String(
                        repository.open(blob, Constants.OBJ_BLOB).getBytes(AddedDigests.LARGEST),
                        StandardCharsets.UTF_8);
    }

    private boolean isCutOff(RevCommit commit) {
        return shallow().contains(commit.getId());
    }

    private Set<ObjectId> shallow() {
        try {
            return repository.getObjectDatabase().getShallowCommits();
        } catch (IOException e) {
            throw new DiffException("the git repository cannot be read: " + e.getMessage(), e);
        }
    }

    private String advice() {
        return shallow().isEmpty()
                ? "; fetch it first"
                : "; this is a shallow clone: get the rest with \"git fetch --unshallow\"";
    }

    @Override
    public void close() {
        walk.close();
        repository.close();
    }
}
