// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.Author;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.ConflictException;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.RefName;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Once;
import io.kpromo.forge.api.RefusedException;
import io.kpromo.oci.http.Method;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Branches and tags. GitHub makes a ref only where there is none, which is what two who come at the same time
/// need.
final class Refs {
    private static final int DEEPEST = 5;
    private static final String MOVE = """
        mutation Move($repository: ID!, $updates: [RefUpdate!]!) {
          updateRefs(input: {repositoryId: $repository, refUpdates: $updates}) { clientMutationId }
        }\
        """;
    private static final String TAGS = "refs/tags/";

    private final Place place;

    Refs(Place place) {
        this.place = place;
    }

    Optional<CommitId> branch(RefName name) throws InterruptedException {
        return at("heads/" + name);
    }

    Optional<CommitId> tag(RefName name) throws InterruptedException {
        Optional<JsonNode> object = get("tags/" + name).map(ref -> ref.path("object"));
        for (int depth = 0; object.isPresent() && depth < DEEPEST; depth++) {
            JsonNode at = object.get();
            switch (Json.text(at, "type")) {
                case "commit" -> {
                    return Optional.of(id(at));
                }
                case "tag" ->
                    object = place.api()
                            .find(place.get(place.target("/git/tags/{}", id(at)), "read tag " + name))
                            .map(tag -> tag.path("object"));
                default -> throw new ForgeException(place.why("tag " + name) + " does not point to a commit");
            }
        }
        return Optional.empty();
    }

    private Optional<JsonNode> get(String ref) throws InterruptedException {
        return place.api().find(place.get(place.target("/git/ref/{}", ref), "look up " + ref));
    }

    private static CommitId id(JsonNode object) {
        return new CommitId(Json.text(object, "sha"));
    }

    List<RefName> tags() throws InterruptedException {
        return place
                .pages()
                .all(
                        place.get(place.target("/git/matching-refs/{}", "tags"), "list tags"),
                        ref -> Json.text(ref, "ref"))
                .stream()
                .filter(ref -> ref.startsWith(TAGS))
                .map(ref -> new RefName(ref.substring(TAGS.length())))
                .toList();
    }

    /// @throws ConflictException when there is a ref of that name already, unless it is this one
    void create(String ref, CommitId to) throws InterruptedException {
        ObjectNode body = Json.object().put("ref", "refs/" + ref).put("sha", to.hex());
        Ask make = place.once(Method.POST, place.target("/git/refs"), body, "make " + ref);
        try {
            Once.putting(to, () -> place.api().send(make), () -> at(ref)).madeOrThere(Refs::isThere);
        } catch (RefusedException refused) {
            if (!isThere(refused)) {
                throw refused;
            }
            throw new ConflictException(place.why("make " + ref) + ": it exists already");
        }
    }

    private static boolean isThere(RefusedException refused) {
        return refused.is(422, "already exists");
    }

    private Optional<CommitId> at(String ref) throws InterruptedException {
        return get(ref).map(there -> id(there.path("object")));
    }

    /// Moves a branch when it is still where it was seen. REST has no such order; to send this one again does no
    /// harm, for it is refused then.
    ///
    /// @param repository its id
    /// @throws ConflictException when the branch is elsewhere
    void move(String repository, RefName branch, CommitId from, CommitId to) throws InterruptedException {
        ObjectNode variables = Json.object().put("repository", repository);
        variables
                .putArray("updates")
                .addObject()
                .put("name", "refs/heads/" + branch)
                .put("beforeOid", from.hex())
                .put("afterOid", to.hex())
                .put("force", true);
        try {
            String what = place.why("move " + branch);
            if (!place.graph().set(MOVE, variables, what).path("updateRefs").isObject()) {
                throw new ForgeException(what + ": GitHub has no such repository, or hides it");
            }
        } catch (ForgeException refused) {
            Optional<CommitId> now = branch(branch);
            if (now.equals(Optional.of(to))) {
                return;
            }
            place.require(branch, now, Optional.of(from));
            throw refused;
        }
    }

    void delete(RefName name, CommitId expected) throws InterruptedException {
        Optional<CommitId> at = branch(name);
        if (at.isEmpty()) {
            return;
        }
        place.require(name, at, Optional.of(expected));
        try {
            place.api().delete(place.target("/git/refs/{}", "heads/" + name).toString(), place.why("delete " + name));
        } catch (RefusedException refused) {
            if (!refused.is(422, "does not exist")) {
                throw refused;
            }
        }
    }

    void createTag(RefName name, CommitId commit, String message, Optional<Author> tagger) throws InterruptedException {
        ObjectNode body = Json.object()
                .put("tag", name.text())
                .put("message", message)
                .put("object", commit.hex())
                .put("type", "commit");
        tagger.ifPresent(who -> body.putObject("tagger").put("name", who.name()).put("email", who.email()));
        // An object that nothing points to harms nobody.
        JsonNode tag = place.api().send(place.set(Method.POST, place.target("/git/tags"), body, "write tag " + name));
        create("tags/" + name, id(tag));
    }
}
