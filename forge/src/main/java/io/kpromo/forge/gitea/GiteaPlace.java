// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.Slug;
import io.kpromo.forge.api.Api;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Pages;
import io.kpromo.forge.api.Target;

/// One repository on Gitea, and how it is asked.
record GiteaPlace(Api api, Slug slug) implements ForgePlace {
    /// Gitea gives no more, unless its settings say so.
    static final int PAGE = 50;

    Target target(String template, Object... names) {
        Object[] all = new Object[names.length + 2];
        all[0] = slug.owner();
        all[1] = slug.name();
        System.arraycopy(names, 0, all, 2, names.length);
        return Target.of("/repos/{}/{}" + template, all);
    }

    Pages pages() {
        return new Pages(api, true);
    }

    @Override
    public String toString() {
        return api.host().name() + "/" + slug;
    }
}
