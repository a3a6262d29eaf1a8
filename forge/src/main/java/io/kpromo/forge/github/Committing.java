// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.RefName;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.RefusedException;
import io.kpromo.oci.http.Method;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Makes a commit without a clone: a tree over the parent's, the commit, and the branch. Three requests; a tree
/// or a commit that nothing points to harms nobody, so that all but the branch can be made again.
final class Committing {
    private static final String BY_HAND = "; bring the fork up to date by hand, then try again";

    private final Place place;
    private final GitHubSources sources;
    private final Refs refs;

    Committing(Place place, GitHubSources sources, Refs refs) {
        this.place = place;
        this.sources = sources;
        this.refs = refs;
    }

    CommitId write(NewCommit commit) throws InterruptedException {
        if (commit.over().isPresent()) {
            refs.requireAt(commit.branch(), commit.over().get());
        }
        CommitId made = commit(commit, treeOverParent(commit));
        if (commit.over().isPresent()) {
            CommitId over = commit.over().get();
            refs.move(commit.branch(), over, made, over.equals(commit.parent()));
        } else {
            refs.create("heads/" + commit.branch(), made);
        }
        return made;
    }

    private CommitId commit(NewCommit commit, String tree) throws InterruptedException {
        ObjectNode body = Json.object().put("message", commit.message()).put("tree", tree);
        body.putArray("parents").add(commit.parent().hex());
        // Who commits it is who wrote it, where nothing else is said.
        commit.author().ifPresent(author -> body.set("author", person(author)));
        return new CommitId(Json.text(
                place.api().send(place.set(Method.POST, place.target("/git/commits"), body, "write a commit")), "sha"));
    }

    private static ObjectNode person(Author author) {
        return Json.object().put("name", author.name()).put("email", author.email());
    }

    /// A fork that lags may not know the newest commit of what it was forked from: then, and only then, it is
    /// brought up to date.
    private String treeOverParent(NewCommit commit) throws InterruptedException {
        ObjectNode body = tree(commit);
        try {
            return tree(body);
        } catch (RefusedException refused) {
            boolean maybe = refused.status() == 404 || refused.status() == 422 || refused.status() == 409;
            if (!maybe || commit.upstream().isEmpty() || knows(commit.parent())) {
                throw refused;
            }
        }
        sync();
        try {
            return tree(body);
        } catch (RefusedException refused) {
            throw new ForgeException(
                    place + " does not take commit " + commit.parent().brief() + " of "
                            + commit.upstream().orElseThrow() + " for a parent, brought up to date or not: "
                            + refused.getMessage() + BY_HAND,
                    refused);
        }
    }

    private String tree(ObjectNode body) throws InterruptedException {
        return Json.text(
                place.api().send(place.set(Method.POST, place.target("/git/trees"), body, "write a tree")), "sha");
    }

    private boolean knows(CommitId commit) throws InterruptedException {
        return place.api()
                .find(place.get(place.target("/git/commits/{}", commit), "look up commit " + commit.brief()))
                .isPresent();
    }

    private void sync() throws InterruptedException {
        RefName main = sources.mainBranch()
                .orElseThrow(() -> new ForgeException(place + " is not there, or hidden from this account"));
        try {
            place.api()
                    .send(place.set(
                            Method.POST,
                            place.target("/merge-upstream"),
                            Json.object().put("branch", main.text()),
                            "bring branch " + main + " up to date"));
        } catch (RefusedException refused) {
            throw new ForgeException(refused.getMessage() + BY_HAND, refused);
        }
    }

    private ObjectNode tree(NewCommit commit) throws InterruptedException {
        // A commit stands for its tree.
        ObjectNode body = Json.object().put("base_tree", commit.parent().hex());
        FileModes modes = new FileModes(
                commit.upstream()
                        .map(slug -> new Place(place.api(), place.graph(), slug))
                        .orElse(place),
                commit.parent());
        for (SourceFile file : commit.files()) {
            ObjectNode entry = body.withArray("tree")
                    .addObject()
                    .put("path", file.path())
                    .put("mode", modes.of(file.path()))
                    .put("type", "blob");
            Optional<String> text = text(file.bytes());
            if (text.isPresent()) {
                entry.put("content", text.get());
            } else {
                entry.put("sha", blob(file));
            }
        }
        return body;
    }

    private String blob(SourceFile file) throws InterruptedException {
        ObjectNode body = Json.object()
                .put("content", Base64.getEncoder().encodeToString(file.bytes()))
                .put("encoding", "base64");
        return Json.text(
                place.api().send(place.set(Method.POST, place.target("/git/blobs"), body, "write " + file.path())),
                "sha");
    }

    /// A tree takes texts along; other bytes would be changed on the way.
    private static Optional<String> text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
