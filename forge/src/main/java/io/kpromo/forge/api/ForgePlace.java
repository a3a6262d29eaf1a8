// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.ConflictException;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.RefName;
import io.kpromo.forge.RepositoryFacts;
import io.kpromo.forge.Slug;
import io.kpromo.oci.http.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One repository on a forge, and how it is asked. Its text names both, for messages: `github.com/owner/name`.
public interface ForgePlace {
    Api api();

    /// What something is for, in words.
    default String why(String what) {
        return what + " of " + this;
    }

    default Ask get(Target target, String what) {
        return Ask.get(target.toString(), why(what));
    }

    default Ask once(Method method, Target target, JsonNode body, String what) {
        return Ask.once(method, target.toString(), body, why(what));
    }

    default Ask set(Method method, Target target, JsonNode body, String what) {
        return Ask.set(method, target.toString(), body, why(what));
    }

    /// @throws ForgeException when the forge would not keep all of a text
    default String checked(String what, String text, int longest) {
        if (text.length() > longest) {
            throw new ForgeException("the text of " + what + " has " + text.length() + " characters, and "
                    + api().account().forge() + " keeps " + longest + "; make it shorter");
        }
        return text;
    }

    /// @param at what a branch points to
    /// @param expected what it must point to; empty where it must not be there
    /// @throws ConflictException when it does not
    default void require(RefName branch, Optional<CommitId> at, Optional<CommitId> expected) {
        if (!at.equals(expected)) {
            throw new ConflictException(why("branch " + branch)
                    + at.map(id -> " is at " + id.brief()).orElse(" is not there")
                    + expected.map(id -> ", not at " + id.brief()).orElse(", it should not be there"));
        }
    }

    /// A repository in GitHub's words, which Gitea took over.
    static RepositoryFacts facts(JsonNode json) {
        JsonNode parent = json.path("parent");
        return new RepositoryFacts(
                Slug.of(Json.text(json, "full_name")),
                new RefName(Json.text(json, "default_branch")),
                parent.isObject() ? Optional.of(Slug.of(Json.text(parent, "full_name"))) : Optional.empty(),
                web(json, "html_url"));
    }

    /// An address for people, out of an answer; an empty one where there is none.
    static URI web(JsonNode json, String name) {
        try {
            return new URI(Json.textOrEmpty(json, name));
        } catch (URISyntaxException e) {
            throw new ForgeException("the forge's answer has a " + name + " that is no address", e);
        }
    }
}
