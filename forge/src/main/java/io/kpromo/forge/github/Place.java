// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

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

/// One repository on GitHub, and how it is asked.
record Place(Api api, Graph graph, Slug slug) {
    static final int PAGE = 100;
    private static final int LONGEST_SEARCH = 150;
    /// Of a text of an issue, a pull request or a comment. GitHub refuses or cuts what is longer.
    static final int LONGEST_TEXT = 65_536;

    Target target(String template, Object... names) {
        Object[] all = new Object[names.length + 2];
        all[0] = slug.owner();
        all[1] = slug.name();
        System.arraycopy(names, 0, all, 2, names.length);
        return Target.of("/repos/{}/{}" + template, all);
    }

    /// What for, in words.
    String why(String what) {
        return what + " of " + this;
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

    Pages pages() {
        return new Pages(api);
    }

    /// A search for words of a title; what would be an operator becomes a space.
    String searched(String title, String more) {
        String words = title.replaceAll("[\"\\\\\\p{Cntrl}]", " ");
        String some = words.substring(0, Math.min(words.length(), LONGEST_SEARCH));
        return "repo:" + slug + more + " in:title \"" + some.strip() + "\"";
    }

    /// @throws ForgeException when GitHub would not keep all of it
    static String checked(String what, String text, int longest) {
        if (text.length() > longest) {
            throw new ForgeException("the text of " + what + " has " + text.length() + " characters, and GitHub keeps "
                    + longest + "; make it shorter");
        }
        return text;
    }

    /// An address for people, out of an answer.
    static URI web(JsonNode node, String name) {
        try {
            return new URI(node.path(name).asString(""));
        } catch (URISyntaxException e) {
            throw new ForgeException("GitHub's answer has a " + name + " that is no address", e);
        }
    }

    @Override
    public String toString() {
        return GitHubForge.name(api) + "/" + slug;
    }
}
