// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.Slug;
import io.kpromo.forge.api.Api;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Pages;
import io.kpromo.forge.api.Target;

/// One repository on GitHub, and how it is asked.
record Place(Api api, Graph graph, Slug slug) implements ForgePlace {
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

    Pages pages() {
        return new Pages(api);
    }

    /// A search for words of a title; what would be an operator becomes a space.
    String searched(String title, String more) {
        String words = title.replaceAll("[\"\\\\\\p{Cntrl}]", " ");
        String some = words.substring(0, Math.min(words.length(), LONGEST_SEARCH));
        return "repo:" + slug + more + " in:title \"" + some.strip() + "\"";
    }

    @Override
    public String toString() {
        return GitHubForge.name(api) + "/" + slug;
    }
}
