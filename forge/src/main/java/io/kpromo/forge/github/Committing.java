// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.NewCommit;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.api.Json;
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
    private final Place place;
    private final GitHubSources sources;
    private final Refs refs;

    Committing(Place place, GitHubSources sources, Refs refs) {
        this.place = place;
        this.sources = sources;
        this.refs = refs;
    }

    CommitId write(NewCommit commit) throws InterruptedException {
        ForkSync fork = new ForkSync(place, sources, commit);
        ObjectNode over = tree(commit);
        String tree = fork.send(() -> tree(over));
        CommitId made = fork.send(() -> commit(commit, tree));
        if (commit.over().isPresent()) {
            refs.move(
                    sources.id(commit.branch()), commit.branch(), commit.over().get(), made);
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

    private String tree(ObjectNode body) throws InterruptedException {
        return Json.text(
                place.api().send(place.set(Method.POST, place.target("/git/trees"), body, "write a tree")), "sha");
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
