// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.git;

import io.kpromo.forge.Author;
import io.kpromo.forge.ConflictException;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.InvalidPathException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.Merger;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/// Files of commits, read and written without a work tree.
final class Trees {
    private static final int LARGEST = 256 << 20;
    private static final int DEEPEST = 2;

    private final Repository repository;

    Trees(Repository repository) {
        this.repository = repository;
    }

    Optional<SourceFile> file(ObjectId commit, String path) throws IOException {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk entry = TreeWalk.forPath(
                        repository, path, walk.parseCommit(commit).getTree())) {
            if (entry == null || !isFile(entry)) {
                return Optional.empty();
            }
            return Optional.of(SourceFile.of(path, content(entry)));
        } catch (org.eclipse.jgit.errors.MissingObjectException e) {
            throw new IOException("there is no commit " + commit.name(), e);
        }
    }

    List<SourceFile> files(ObjectId commit, String folder, String name) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        int above = folder.isEmpty() ? 0 : folder.split("/").length;
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk tree = new TreeWalk(repository)) {
            tree.addTree(walk.parseCommit(commit).getTree());
            tree.setRecursive(false);
            if (!folder.isEmpty()) {
                tree.setFilter(PathFilter.create(folder));
            }
            while (tree.next()) {
                if (tree.isSubtree()) {
                    if (tree.getDepth() < above + DEEPEST) {
                        tree.enterSubtree();
                    }
                } else if (isFile(tree)
                        && tree.getDepth() >= above
                        && tree.getNameString().equals(name)) {
                    files.add(SourceFile.of(tree.getPathString(), content(tree)));
                }
            }
        }
        // Git sorts a folder as if its name ended with a slash; a walk sorts names.
        files.sort(Comparator.comparing(file -> file.path().replace('/', '\0')));
        return files;
    }

    private static boolean isFile(TreeWalk entry) {
        return (entry.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
    }

    private byte[] content(TreeWalk entry) throws IOException {
        return repository.open(entry.getObjectId(0), Constants.OBJ_BLOB).getBytes(LARGEST);
    }

    ObjectId commit(NewCommit commit, Author author, Instant when) throws IOException {
        Optional<ObjectId> parent = Optional.of(GitHistory.id(commit.parent()));
        return commit(parent, commit.files(), commit.message(), author, when);
    }

    ObjectId commit(Optional<ObjectId> parent, List<SourceFile> files, String message, Author author, Instant when)
            throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter();
                ObjectReader reader = inserter.newReader();
                RevWalk walk = new RevWalk(reader)) {
            DirCache index = DirCache.newInCore();
            if (parent.isPresent()) {
                DirCacheBuilder builder = index.builder();
                builder.addTree(
                        new byte[0], 0, reader, walk.parseCommit(parent.get()).getTree());
                builder.finish();
            }
            DirCacheEditor editor = index.editor();
            for (SourceFile file : files) {
                editor.add(edit(file, inserter.insert(Constants.OBJ_BLOB, file.bytes())));
            }
            editor.finish();
            ObjectId tree = index.writeTree(inserter);
            return insert(inserter, tree, parent.map(List::of).orElse(List.of()), message, author, when);
        } catch (InvalidPathException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static DirCacheEditor.PathEdit edit(SourceFile file, ObjectId blob) {
        return new DirCacheEditor.PathEdit(file.path()) {
            @Override
            public void apply(DirCacheEntry entry) {
                if ((entry.getRawMode() & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
                    entry.setFileMode(FileMode.REGULAR_FILE);
                }
                entry.setObjectId(blob);
            }
        };
    }

    ObjectId merge(ObjectId base, ObjectId head, String message, Author author, Instant when) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            Merger merger = MergeStrategy.RECURSIVE.newMerger(repository, true);
            if (!merger.merge(base, head)) {
                throw new ConflictException("commit " + head.name() + " cannot be merged: it changes the same lines");
            }
            return insert(inserter, merger.getResultTreeId(), List.of(base, head), message, author, when);
        }
    }

    private static ObjectId insert(
            ObjectInserter inserter, ObjectId tree, List<ObjectId> parents, String message, Author author, Instant when)
            throws IOException {
        PersonIdent person = new PersonIdent(author.name(), author.email(), when, ZoneOffset.UTC);
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setAuthor(person);
        commit.setCommitter(person);
        commit.setEncoding(StandardCharsets.UTF_8);
        commit.setMessage(message);
        ObjectId made = inserter.insert(commit);
        inserter.flush();
        return made;
    }
}
