// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.NewRelease;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.Releases;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Once;
import io.kpromo.oci.http.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Releases. Drafts are found in the list only, newest first, and GitHub lets several have the same tag.
final class GitHubReleases implements Releases {
    private static final int LONGEST_TEXT = 125_000;

    private final Place place;
    private final Assets assets;

    GitHubReleases(Place place) {
        this.place = place;
        this.assets = new Assets(place);
    }

    /// One that is published goes before a draft, and an older draft before a newer one.
    @Override
    public Optional<Release> of(RefName tag) throws InterruptedException {
        List<Release> drafts = new ArrayList<>();
        List<Release> published = new ArrayList<>();
        place.pages()
                .<Optional<Release>>each(
                        place.get(
                                place.target("/releases").with("per_page", Place.PAGE),
                                "look for the release of " + tag),
                        json -> Json.text(json, "tag_name").equals(tag.text())
                                ? Optional.of(release(json))
                                : Optional.empty(),
                        found -> {
                            found.ifPresent(release -> (release.draft() ? drafts : published).add(release));
                            return published.isEmpty();
                        });
        return published.stream().findFirst().or(() -> drafts.stream().reduce((newer, older) -> older));
    }

    @Override
    public List<Release> all() throws InterruptedException {
        return place.pages()
                .all(
                        place.get(place.target("/releases").with("per_page", Place.PAGE), "list releases"),
                        GitHubReleases::release);
    }

    @Override
    public Release create(NewRelease release) throws InterruptedException {
        ObjectNode body = body(release);
        Ask make = place.once(Method.POST, place.target("/releases"), body, "make the release of " + release.tag());
        return new Once<>(() -> release(place.api().send(make)), () -> of(release.tag()))
                .lookedFirst(refused -> refused.is(422, "already_exists"));
    }

    @Override
    public Release update(String id, NewRelease release) throws InterruptedException {
        return release(place.api()
                .send(place.set(
                        Method.PATCH,
                        place.target("/releases/{}", id),
                        body(release),
                        "change the release of " + release.tag())));
    }

    private ObjectNode body(NewRelease release) {
        ObjectNode body = Json.object()
                .put("tag_name", release.tag().text())
                .put("target_commitish", release.target().hex())
                .put("name", release.title())
                .put("body", place.checked("release " + release.tag(), release.body(), LONGEST_TEXT))
                .put("draft", release.draft())
                .put("prerelease", release.prerelease());
        if (!release.draft() && !release.prerelease()) {
            // By version: a fix for an old line does not become the latest.
            body.put("make_latest", "legacy");
        }
        return body;
    }

    @Override
    public Release.Asset upload(Release release, String name, String mediaType, Path content)
            throws InterruptedException {
        return assets.upload(release, name, mediaType, content);
    }

    @Override
    public void deleteAsset(Release release, Release.Asset asset) throws InterruptedException {
        assets.delete(asset);
    }

    private static Release release(JsonNode json) {
        List<Release.Asset> files = new ArrayList<>();
        for (JsonNode asset : json.path("assets")) {
            if (Assets.isWhole(asset)) {
                files.add(Assets.asset(asset));
            }
        }
        return new Release(
                Long.toString(Json.number(json, "id")),
                new RefName(Json.text(json, "tag_name")),
                Json.textOrEmpty(json, "name"),
                Json.textOrEmpty(json, "body"),
                json.path("draft").asBoolean(false),
                json.path("prerelease").asBoolean(false),
                files,
                ForgePlace.web(json, "html_url"));
    }
}
