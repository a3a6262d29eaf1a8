// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.ConflictException;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.Release;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.FileBody;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.LostAnswerException;
import io.kpromo.forge.api.RefusedException;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Kind;
import io.kpromo.oci.http.Method;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Files of releases. They go to another host than the API, GitHub's own for uploads, from disk as they are sent.
final class Assets {
    private static final String DIGEST = "sha256:";

    private final Place place;

    Assets(Place place) {
        this.place = place;
    }

    Release.Asset upload(Release release, String name, String mediaType, Path content) throws InterruptedException {
        FileBody body = FileBody.of(content);
        Ask ask = new Ask(
                        Method.POST,
                        host(release) + Target.of("?name={}", name),
                        Map.of(),
                        Optional.empty(),
                        Kind.SEND_ASSET,
                        Ask.CORE,
                        place.why("upload " + name + " to the release " + release.tag()))
                .with(body, mediaType);
        try {
            return asset(place.api().send(ask));
        } catch (LostAnswerException lost) {
            Optional<JsonNode> there = named(release, name);
            if (there.filter(asset -> isWhole(asset) && Json.number(asset, "size") == body.length())
                    .isPresent()) {
                return asset(there.get());
            }
            return again(ask, there, lost);
        } catch (RefusedException refused) {
            if (!refused.is(422, "already_exists")) {
                throw refused;
            }
            Optional<JsonNode> there = named(release, name);
            if (there.filter(Assets::isWhole).isPresent()) {
                throw new ConflictException(place.why("release " + release.tag()) + " has a file " + name + " already");
            }
            return again(ask, there, refused);
        }
    }

    /// What is left of an upload that broke keeps its name taken: it goes first.
    private Release.Asset again(Ask ask, Optional<JsonNode> there, ForgeException why) throws InterruptedException {
        if (there.filter(Assets::isWhole).isPresent()) {
            throw why;
        }
        if (there.isPresent()) {
            delete(asset(there.get()));
        }
        return asset(place.api().send(ask));
    }

    private Optional<JsonNode> named(Release release, String name) throws InterruptedException {
        List<JsonNode> all = place.pages()
                .all(
                        place.get(
                                place.target("/releases/{}/assets", release.id())
                                        .with("per_page", Place.PAGE),
                                "list the files of release " + release.tag()),
                        asset -> asset);
        return all.stream()
                .filter(asset -> Json.text(asset, "name").equals(name))
                .findFirst();
    }

    void delete(Release.Asset asset) throws InterruptedException {
        place.api()
                .delete(
                        place.target("/releases/assets/{}", asset.id()).toString(),
                        place.why("delete file " + asset.name()));
    }

    /// `https://uploads.github.com` beside `https://api.github.com`, `https://HOST/api/uploads` on GitHub
    /// Enterprise; elsewhere the release says where. The token goes along, so only GitHub's own hosts come into
    /// question.
    private String host(Release release) throws InterruptedException {
        URI root = place.api().root();
        String path = "/repos/" + place.slug() + "/releases/" + release.id() + "/assets";
        if (root.equals(GitHubForge.PUBLIC)) {
            return "https://uploads.github.com" + path;
        }
        JsonNode json = place.api()
                .send(place.get(place.target("/releases/{}", release.id()), "ask where files go of " + release.tag()));
        String told = Json.text(json, "upload_url").replaceFirst("\\{.*", "");
        URI address = URI.create(told);
        String own = root.getRawAuthority();
        boolean beside = own.startsWith("api.")
                && ("uploads." + own.substring("api.".length())).equals(address.getRawAuthority());
        boolean ours = own.equals(address.getRawAuthority()) || beside;
        if (!ours || !String.valueOf(root.getScheme()).equals(address.getScheme())) {
            throw new ForgeException("GitHub wants files of release " + release.tag() + " at " + address.getHost()
                    + ", which is not its own; nothing is sent there");
        }
        return told;
    }

    /// Not one that somebody is still sending, or gave up.
    static boolean isWhole(JsonNode asset) {
        return Json.textOrEmpty(asset, "state").equals("uploaded");
    }

    static Release.Asset asset(JsonNode json) {
        String digest = Json.textOrEmpty(json, "digest");
        return new Release.Asset(
                Long.toString(Json.number(json, "id")),
                Json.text(json, "name"),
                json.path("size").asLong(-1),
                digest.matches("sha256:[0-9a-f]{64}")
                        ? Optional.of(digest.substring(DIGEST.length()))
                        : Optional.empty());
    }
}
