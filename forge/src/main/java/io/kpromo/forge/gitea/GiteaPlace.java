// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Slug;
import io.kpromo.forge.api.Api;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.Pages;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Method;
import java.net.URI;
import java.net.URISyntaxException;
import tools.jackson.databind.JsonNode;

/// One repository on Gitea, and how it is asked.
record GiteaPlace(Api api, Slug slug) {
    /// Gitea gives no more, unless its settings say so.
    static final int PAGE = 50;

    Target target(String template, Object... names) {
        Object[] all = new Object[names.length + 2];
        all[0] = slug.owner();
        all[1] = slug.name();
        System.arraycopy(names, 0, all, 2, names.length);
        return Target.of("/repos/{}/{}" + template, all);
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

    static URI web(JsonNode json, String name) {
        try {
            return new URI(json.path(name).asString(""));
        } catch (URISyntaxException e) {
            throw new ForgeException("Gitea's answer has a " + name + " that is no address", e);
        }
    }

    @Override
    public String toString() {
        return api.host().name() + "/" + slug;
    }
}
