// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.BranchFacts;
import io.kpromo.forge.CommitId;
import io.kpromo.forge.RefName;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.forge.Slug;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a repository and one of its branches stand, as one query tells.
///
/// @param id the repository's own, for orders of GraphQL
record Standing(String id, BranchFacts facts) {
    private static final String QUERY = """
        query Standing($owner: String!, $name: String!, $branch: String!) {
          repository(owner: $owner, name: $name) {
            id nameWithOwner url defaultBranchRef { name } parent { nameWithOwner }
            ref(qualifiedName: $branch) { target { oid } }
          }
        }\
        """;

    /// @return empty when there is no such repository, or it is hidden, or it has no branch at all
    static Optional<Standing> of(Place place, RefName branch) throws InterruptedException {
        ObjectNode variables = Json.object()
                .put("owner", place.slug().owner())
                .put("name", place.slug().name())
                .put("branch", "refs/heads/" + branch);
        JsonNode found = place.graph()
                .ask(QUERY, variables, place.why("look up the repository and branch " + branch))
                .path("repository");
        if (!found.path("defaultBranchRef").isObject()) {
            return Optional.empty();
        }
        JsonNode parent = found.path("parent");
        JsonNode ref = found.path("ref");
        RepositoryFacts facts = new RepositoryFacts(
                Slug.of(Json.text(found, "nameWithOwner")),
                new RefName(Json.text(found.path("defaultBranchRef"), "name")),
                parent.isObject() ? Optional.of(Slug.of(Json.text(parent, "nameWithOwner"))) : Optional.empty(),
                ForgePlace.web(found, "url"));
        Optional<CommitId> at =
                ref.isObject() ? Optional.of(new CommitId(Json.text(ref.path("target"), "oid"))) : Optional.empty();
        return Optional.of(new Standing(Json.text(found, "id"), new BranchFacts(facts, at)));
    }
}
