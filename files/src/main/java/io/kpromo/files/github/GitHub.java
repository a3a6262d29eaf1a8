// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import io.kpromo.files.store.StoreException;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Slug;
import io.kpromo.forge.api.Allowance;
import io.kpromo.forge.api.Api;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.LimitListener;
import io.kpromo.forge.api.Pages;
import io.kpromo.forge.api.Target;
import io.kpromo.forge.github.GitHubForge;
import io.kpromo.oci.auth.Secret;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Response;
import io.kpromo.oci.http.Time;
import io.kpromo.oci.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// GitHub's releases, by its REST API. For use by many threads; its limits are waited for.
///
/// A token is shown to the API's host alone. Without one, files are downloaded as anybody does, which doesn't count
/// against the API's limit.
public final class GitHub {
    private static final int PAGE = 100;

    private final Api api;

    /// @param address the root of its API
    /// @throws ForgeException when that is no address
    public GitHub(Transport transport, URI address, Optional<Secret> token, LimitListener listener, Time time) {
        this.api = GitHubForge.api(transport, address, token, listener, time);
    }

    /// For messages: `github.com`.
    public String name() {
        return GitHubForge.name(api);
    }

    /// All releases that are published, newest first. One request a hundred.
    public List<Release> releases(Slug repository, boolean prereleases) throws InterruptedException {
        List<Release> all = new ArrayList<>();
        new Pages(api)
                .each(
                        Ask.get(
                                path(repository, "").with("per_page", PAGE).toString(),
                                "list releases of " + name() + "/" + repository),
                        ReleaseJson::release,
                        release -> {
                            release.filter(r -> prereleases || !r.prerelease()).ifPresent(all::add);
                            return true;
                        });
        return all;
    }

    /// The release of one tag, prerelease or not. One request.
    public Release release(Slug repository, String tag) throws InterruptedException {
        String why = "look up release " + tag + " of " + name() + "/" + repository;
        JsonNode json = api.send(Ask.get(path(repository, "/tags/{}", tag).toString(), why));
        return ReleaseJson.release(json).orElseThrow(() -> new StoreException(why + ": it is a draft"));
    }

    /// Reads a file from where the intake stands, and on from there when the connection breaks.
    public void read(Slug repository, Asset asset, BlobIntake into) throws InterruptedException {
        String why = "download " + asset.name() + " of " + name() + "/" + repository;
        boolean signedIn = api.account().signedIn();
        Ask whole = Ask.get(path(repository, "/assets/{}", asset.id()).toString(), why)
                .as(Kind.GET_FILE)
                .with("Accept", "application/octet-stream");
        Ask ask = signedIn ? whole : whole.to(page(asset, why));
        api.send(() -> into.offset() == 0 ? ask : ask.with("Range", "bytes=" + into.offset() + "-"), response -> {
            skip(response, into);
            into.take(response.body());
            return true;
        });
        if (signedIn) {
            api.limits().spent();
        }
    }

    /// How many requests GitHub takes, as far as it said.
    public Optional<Allowance> allowance() {
        return api.limits().allowance();
    }

    /// A host without ranges sends everything again: what was taken already is passed over.
    private static void skip(Response response, BlobIntake into) throws IOException {
        if (response.status() != 206) {
            response.body().skipNBytes(into.offset());
        } else if (!response.header("Content-Range").orElse("").startsWith("bytes " + into.offset() + "-")) {
            throw new IOException("asked for bytes from " + into.offset() + ", got "
                    + response.header("Content-Range").orElse("others"));
        }
    }

    private URI page(Asset asset, String why) {
        URI page = asset.page();
        boolean fits = "https".equals(page.getScheme())
                || ("http".equals(page.getScheme()) && "http".equals(api.root().getScheme()));
        if (!fits || page.getRawAuthority() == null || page.getRawUserInfo() != null) {
            throw new StoreException(why + ": GitHub says that it is at what is no address of a file");
        }
        return page;
    }

    private static Target path(Slug repository, String template, Object... names) {
        Object[] all = new Object[names.length + 2];
        all[0] = repository.owner();
        all[1] = repository.name();
        System.arraycopy(names, 0, all, 2, names.length);
        return Target.of("/repos/{}/{}/releases" + template, all);
    }
}
