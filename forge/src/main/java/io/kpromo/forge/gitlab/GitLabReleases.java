// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.gitlab;

import io.kpromo.forge.ConflictException;
import io.kpromo.forge.NewRelease;
import io.kpromo.forge.RefName;
import io.kpromo.forge.Release;
import io.kpromo.forge.Releases;
import io.kpromo.forge.api.Ask;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Once;
import io.kpromo.forge.api.Target;
import io.kpromo.oci.http.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Releases. GitLab has no drafts, but releases that are to come: a draft is released in the far future. It has no
/// prereleases. Its releases hold links, so files go to the project's generic packages.
final class GitLabReleases implements Releases {
    private static final String SOMEDAY = "9999-01-01T00:00:00Z";

    private final Project project;
    private final PackageFiles packages;

    GitLabReleases(Project project) {
        this.project = project;
        this.packages = new PackageFiles(project);
    }

    @Override
    public Optional<Release> of(RefName tag) throws InterruptedException {
        return project.api()
                .find(project.get(project.target("/releases/{}", tag), "look for the release of " + tag))
                .map(this::release);
    }

    @Override
    public List<Release> all() throws InterruptedException {
        return project.pages()
                .all(
                        project.get(project.target("/releases").with("per_page", Project.PAGE), "list releases"),
                        this::release);
    }

    @Override
    public Release create(NewRelease release) throws InterruptedException {
        ObjectNode body = Json.object()
                .put("tag_name", release.tag().text())
                .put("ref", release.target().hex())
                .put("name", release.title())
                .put("description", project.checked("release " + release.tag(), release.body(), Project.LONGEST_TEXT));
        if (release.draft()) {
            body.put("released_at", SOMEDAY);
        }
        Ask make = project.once(Method.POST, project.target("/releases"), body, "make the release of " + release.tag());
        return new Once<>(() -> release(project.api().send(make)), () -> of(release.tag()))
                .lookedFirst(refused -> refused.status() == 409);
    }

    @Override
    public Release update(String id, NewRelease release) throws InterruptedException {
        ObjectNode body = Json.object()
                .put("name", release.title())
                .put("description", project.checked("release " + release.tag(), release.body(), Project.LONGEST_TEXT));
        if (release.draft()) {
            body.put("released_at", SOMEDAY);
        } else if (of(release.tag()).filter(Release::draft).isPresent()) {
            // What is out keeps its date.
            body.put("released_at", project.api().limits().time().now().toString());
        }
        return release(project.api()
                .send(project.set(
                        Method.PUT, project.target("/releases/{}", id), body, "change the release of " + id)));
    }

    @Override
    public Release.Asset upload(Release release, String name, String mediaType, Path content)
            throws InterruptedException {
        if (named(release, name).isPresent()) {
            throw new ConflictException(project.why("release " + release.tag()) + " has a file " + name + " already");
        }
        ObjectNode link = Json.object()
                .put("name", name)
                .put("url", packages.send(release, name, mediaType, content))
                .put("link_type", "package");
        Ask add = project.once(
                Method.POST,
                project.target("/releases/{}/assets/links", release.id()),
                link,
                "add " + name + " to the release " + release.tag());
        return new Once<>(() -> asset(project.api().send(add)), () -> named(release, name)).made();
    }

    private Optional<Release.Asset> named(Release release, String name) throws InterruptedException {
        return of(release.tag()).stream()
                .flatMap(now -> now.assets().stream())
                .filter(asset -> asset.name().equals(name))
                .findFirst();
    }

    /// The link; the package keeps its file.
    @Override
    public void deleteAsset(Release release, Release.Asset asset) throws InterruptedException {
        project.api()
                .delete(
                        project.target("/releases/{}/assets/links/{}", release.id(), asset.id())
                                .toString(),
                        project.why("delete file " + asset.name()));
    }

    private Release release(JsonNode json) {
        List<Release.Asset> files = new ArrayList<>();
        json.path("assets").path("links").forEach(link -> files.add(asset(link)));
        RefName tag = new RefName(Json.text(json, "tag_name"));
        return new Release(
                tag.text(),
                tag,
                Json.textOrEmpty(json, "name"),
                Json.textOrEmpty(json, "description"),
                Json.textOrEmpty(json, "released_at").startsWith("9999-"),
                false,
                files,
                project.page("/-/releases/" + Target.path(tag.text())));
    }

    private static Release.Asset asset(JsonNode link) {
        return new Release.Asset(Long.toString(Json.number(link, "id")), Json.text(link, "name"), -1, Optional.empty());
    }
}
