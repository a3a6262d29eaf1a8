// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.fake;

import io.kpromo.oci.Digest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// GitHub's releases and their files. Publishing one makes its tag.
final class FakeReleases {
    private static final int LONGEST_TEXT = 125_000;

    private final ForgeServer server;
    private final Supplier<String> uploads;

    /// @param uploads where files are to be sent
    FakeReleases(ForgeServer server, Supplier<String> uploads) {
        this.server = server;
        this.uploads = uploads;
    }

    Reply answer(Repo repo, Asked asked) {
        if (asked.is("GET", "releases")) {
            List<ObjectNode> all =
                    repo.releases.reversed().stream().map(r -> release(repo, r)).toList();
            return server.page(asked, all, 30);
        }
        if (asked.is("POST", "releases")) {
            return make(repo, asked);
        }
        if (asked.is("DELETE", "releases", "assets", "*")) {
            long id = Long.parseLong(asked.path().get(2));
            boolean gone = repo.releases.stream().anyMatch(r -> r.assets.removeIf(file -> file.id() == id));
            return gone ? Reply.nothing() : Reply.missing();
        }
        Optional<Published> release = repo.release(Long.parseLong(asked.path().get(1)));
        if (release.isEmpty()) {
            return Reply.missing();
        }
        if (asked.is("PATCH", "releases", "*")) {
            return changed(repo, release.get(), asked);
        }
        if (asked.is("POST", "releases", "*", "assets")) {
            return upload(release.get(), asked);
        }
        if (asked.is("GET", "releases", "*", "assets")) {
            return server.page(
                    asked,
                    release.get().assets.stream().map(FakeReleases::asset).toList(),
                    30);
        }
        return Reply.ok(release(repo, release.get()));
    }

    private Reply make(Repo repo, Asked asked) {
        String tag = asked.text("tag_name");
        boolean draft = asked.body().path("draft").asBoolean(false);
        if (!draft && repo.releases.stream().anyMatch(r -> !r.draft && r.tag.equals(tag))) {
            return FakeGitHub.invalid("Release", "tag_name", "already_exists", "");
        }
        Published release = new Published(server.world.id(), tag);
        Reply reply = changed(repo, release, asked);
        if (reply.status() == 200) {
            repo.releases.add(release);
            return Reply.created(release(repo, release));
        }
        return reply;
    }

    private Reply changed(Repo repo, Published release, Asked asked) {
        String target = asked.text("target_commitish");
        if (asked.text("body").length() > LONGEST_TEXT) {
            return FakeGitHub.invalid("Release", "body", "custom", "body is too long (maximum is 125000 characters)");
        }
        if (repo.resolve(target).isEmpty()) {
            return FakeGitHub.invalid("Release", "target_commitish", "invalid", "");
        }
        release.tag = asked.text("tag_name");
        release.target = target;
        release.name = asked.text("name");
        release.body = asked.text("body");
        release.draft = asked.body().path("draft").asBoolean(false);
        release.prerelease = asked.body().path("prerelease").asBoolean(false);
        if (!release.draft) {
            repo.refs.putIfAbsent("refs/tags/" + release.tag, target);
        }
        return Reply.ok(release(repo, release));
    }

    private Reply upload(Published release, Asked asked) {
        String name = asked.query("name");
        if (release.assets.stream().anyMatch(file -> file.name().equals(name))) {
            return FakeGitHub.invalid("ReleaseAsset", "name", "already_exists", "");
        }
        Published.File file = new Published.File(server.world.id(), name, asked.raw(), true);
        release.assets.add(file);
        return Reply.created(asset(file));
    }

    private ObjectNode release(Repo repo, Published release) {
        ObjectNode node = ForgeServer.NODES
                .objectNode()
                .put("id", release.id)
                .put("tag_name", release.tag)
                .put("name", release.name)
                .put("body", release.body)
                .put("draft", release.draft)
                .put("prerelease", release.prerelease)
                .put(
                        "upload_url",
                        uploads.get() + "/repos/" + repo.slug + "/releases/" + release.id + "/assets{?name,label}")
                .put("html_url", "https://github.com/" + repo.slug + "/releases/" + release.id);
        node.putArray("assets")
                .addAll(release.assets.stream().map(FakeReleases::asset).toList());
        return node;
    }

    private static ObjectNode asset(Published.File file) {
        return ForgeServer.NODES
                .objectNode()
                .put("id", file.id())
                .put("name", file.name())
                .put("size", file.content().length)
                .put("state", file.whole() ? "uploaded" : "starter")
                .put("digest", Digest.sha256(file.content()).toString());
    }
}
