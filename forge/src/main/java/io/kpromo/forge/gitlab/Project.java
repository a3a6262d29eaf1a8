// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitlab;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Slug;
import io.kpromo.forge.api.Api;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Pages;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One project on GitLab, and how it is asked.
record Project(Api api, Slug slug) {
    static final int PAGE = 100;
    private static final int LONGEST_TEXT = 1_048_576;

    Target target(String template, Object... names) {
        Object[] all = new Object[names.length + 1];
        all[0] = slug;
        System.arraycopy(names, 0, all, 1, names.length);
        return Target.of("/projects/{}" + template, all);
    }

    Ask get(Target target, String what) {
        return Ask.get(target.toString(), why(what));
    }

    Ask once(Method method, Target target, JsonNode body, String what) {
        return Ask.once(method, target.toString(), body, why(what));
    }

    Ask set(Method method, Target target, JsonNode body, String what) {
        return Ask.set(method, target.toString(), body, why(what));
    }

    String why(String what) {
        return what + " of " + this;
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

    /// @throws ForgeException when GitLab would not keep all of it
    static String checked(String what, String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new ForgeException("the text of " + what + " has " + text.length() + " characters, and GitLab keeps "
                    + LONGEST_TEXT + "; make it shorter");
        }
        return text;
    }

    static URI web(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new ForgeException("GitLab's answer has an address that is none", e);
        }
    }

    /// A page of the project for people.
    URI page(String below) {
        return web(api.root().toString().replaceFirst("/api/v4$", "") + "/" + slug + below);
    }

    @Override
    public String toString() {
        return api.host().name() + "/" + slug;
    }
}
