// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads releases as GitHub's REST API gives them.
final class ReleaseJson {
    private ReleaseJson() {}

    /// @return empty for a draft: nobody but its makers may see it
    static Optional<Release> release(JsonNode json) {
        String tag = json.path("tag_name").asString("");
        if (tag.isEmpty() || !json.path("assets").isArray()) {
            throw new StoreException("GitHub's answer has a release without tag_name or assets");
        }
        if (json.path("draft").asBoolean(false)) {
            return Optional.empty();
        }
        List<Asset> assets = new ArrayList<>();
        for (JsonNode asset : json.path("assets")) {
            if (asset.path("state").asString("").equals("uploaded")) {
                assets.add(asset(tag, asset));
            }
        }
        return Optional.of(new Release(tag, json.path("prerelease").asBoolean(false), assets));
    }

    private static Asset asset(String tag, JsonNode json) {
        String name = json.path("name").asString("");
        String digest = json.path("digest").asString("");
        try {
            return new Asset(
                    name,
                    json.path("id").asLong(),
                    json.path("size").asLong(),
                    digest.startsWith("sha256:") ? Optional.of(Digest.parse(digest)) : Optional.empty(),
                    new URI(json.path("browser_download_url").asString("")));
        } catch (InvalidNameException | URISyntaxException | JacksonException e) {
            throw new StoreException("GitHub's answer has an unreadable asset " + name + " in " + tag, e);
        }
    }
}
