// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/// Reads releases as GitHub's REST API gives them, one after the other: a page of a hundred may have many megabytes.
final class ReleaseJson {
    private static final long LARGEST = 256L << 20;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxDocumentLength(LARGEST)
                            .build())
                    .build())
            .build();

    private ReleaseJson() {}

    /// @param each gets the published ones; nobody but its makers may see a draft
    static void list(InputStream page, Consumer<Release> each) throws IOException {
        try (MappingIterator<JsonNode> releases = JSON.readerFor(JsonNode.class).readValues(page)) {
            while (releases.hasNextValue()) {
                release(releases.nextValue()).ifPresent(each);
            }
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    static Optional<Release> one(InputStream page) throws IOException {
        try {
            return release(JSON.readTree(page));
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /// A body that broke off is asked for again; so is one that is no JSON, which proxies send now and then.
    private static IOException unreadable(JacksonException e) {
        return e.getCause() instanceof IOException broken
                ? broken
                : new IOException("GitHub's answer is not what its documentation says: " + e.getOriginalMessage(), e);
    }

    private static Optional<Release> release(JsonNode json) throws IOException {
        String tag = json.path("tag_name").asString("");
        if (tag.isEmpty() || !json.path("assets").isArray()) {
            throw new IOException("GitHub's answer has a release without tag_name or assets");
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

    private static Asset asset(String tag, JsonNode json) throws IOException {
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
            throw new IOException("GitHub's answer has an unreadable asset " + name + " in " + tag, e);
        }
    }

    /// What GitHub says of a failure.
    static String message(String body) {
        try {
            return JSON.readTree(body).path("message").asString("");
        } catch (JacksonException notJson) {
            return "";
        }
    }
}
