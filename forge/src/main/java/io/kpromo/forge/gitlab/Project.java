// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitlab;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Slug;
import io.kpromo.forge.api.Api;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Pages;
import io.kpromo.forge.api.Target;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One project on GitLab, and how it is asked.
record Project(Api api, Slug slug) implements ForgePlace {
    static final int PAGE = 100;
    static final int LONGEST_TEXT = 1_048_576;

    Target target(String template, Object... names) {
        Object[] all = new Object[names.length + 1];
        all[0] = slug;
        System.arraycopy(names, 0, all, 1, names.length);
        return Target.of("/projects/{}" + template, all);
    }

    Pages pages() {
        return new Pages(api, true);
    }

    /// What GitLab knows of the project itself.
    Optional<JsonNode> facts() throws InterruptedException {
        return api.find(get(target(""), "look up the project"));
    }

    /// Its number, which some requests want.
    long id() throws InterruptedException {
        return facts().map(json -> Json.number(json, "id"))
                .orElseThrow(() -> new ForgeException(this + " is not there, or hidden from this account"));
    }

    /// A page of the project for people.
    URI page(String below) {
        return URI.create(api.root().toString().replaceFirst("/api/v4$", "") + "/" + slug + below);
    }

    @Override
    public String toString() {
        return api.host().name() + "/" + slug;
    }
}
