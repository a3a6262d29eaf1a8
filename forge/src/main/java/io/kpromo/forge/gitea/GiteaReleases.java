// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitea;

import io.kpromo.forge.ConflictException;
import io.kpromo.forge.NewRelease;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.Releases;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.ForgePlace;
import io.kpromo.forge.api.FormFile;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Once;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Releases. Gitea lets a release have several files of one name, so it is looked first.
final class GiteaReleases implements Releases {
    private final GiteaPlace place;

    GiteaReleases(GiteaPlace place) {
        this.place = place;
    }

    @Override
    public Optional<Release> of(RefName tag) throws InterruptedException {
        List<Release> found = new ArrayList<>();
        Target list = place.target("/releases").with("limit", GiteaPlace.PAGE);
        place.pages().each(place.get(list, "look for the release of " + tag), GiteaReleases::release, release -> {
            if (release.tag().equals(tag)) {
                found.add(release);
            }
            return found.isEmpty();
        });
        return found.stream().findFirst();
    }

    @Override
    public List<Release> all() throws InterruptedException {
        return place.pages()
                .all(
                        place.get(place.target("/releases").with("limit", GiteaPlace.PAGE), "list releases"),
                        GiteaReleases::release);
    }

    @Override
    public Release create(NewRelease release) throws InterruptedException {
        Ask make = place.once(
                Method.POST, place.target("/releases"), body(release), "make the release of " + release.tag());
        return new Once<>(() -> release(place.api().send(make)), () -> of(release.tag()))
                .lookedFirst(refused -> refused.status() == 409);
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

    private static ObjectNode body(NewRelease release) {
        return Json.object()
                .put("tag_name", release.tag().text())
                .put("target_commitish", release.target().hex())
                .put("name", release.title())
                .put("body", release.body())
                .put("draft", release.draft())
                .put("prerelease", release.prerelease());
    }

    @Override
    public Release.Asset upload(Release release, String name, String mediaType, Path content)
            throws InterruptedException {
        if (named(release, name).isPresent()) {
            throw new ConflictException(place.why("release " + release.tag()) + " has a file " + name + " already");
        }
        FormFile form = FormFile.of("attachment", name, mediaType, content);
        Target target = place.target("/releases/{}/assets", release.id()).with("name", name);
        Ask ask = new Ask(
                        Method.POST,
                        target.toString(),
                        Map.of(),
                        Optional.empty(),
                        Kind.SEND_ASSET,
                        Ask.CORE,
                        place.why("upload " + name + " to the release " + release.tag()))
                .with(form, form.mediaType());
        long size = form.content().length();
        return new Once<>(
                        () -> asset(place.api().send(ask)),
                        () -> named(release, name).filter(asset -> asset.size() == size))
                .made();
    }

    private Optional<Release.Asset> named(Release release, String name) throws InterruptedException {
        return place
                .pages()
                .all(
                        place.get(
                                place.target("/releases/{}/assets", release.id()),
                                "list the files of release " + release.tag()),
                        GiteaReleases::asset)
                .stream()
                .filter(asset -> asset.name().equals(name))
                .findFirst();
    }

    @Override
    public void deleteAsset(Release release, Release.Asset asset) throws InterruptedException {
        place.api()
                .delete(
                        place.target("/releases/{}/assets/{}", release.id(), asset.id())
                                .toString(),
                        place.why("delete file " + asset.name()));
    }

    private static Release release(JsonNode json) {
        List<Release.Asset> files = new ArrayList<>();
        json.path("assets").forEach(asset -> files.add(asset(asset)));
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

    private static Release.Asset asset(JsonNode json) {
        return new Release.Asset(
                Long.toString(Json.number(json, "id")),
                Json.text(json, "name"),
                json.path("size").asLong(-1),
                Optional.empty());
    }
}
