// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.ForgeException;
import io.kpromo.forge.SourceFile;
import io.kpromo.forge.api.Json;
import io.kpromo.forge.api.Walk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads all files of one name below a folder. One query tells everything that is there; who is not signed in, or
/// asks for a folder that is too large for a query, gets a list of names and file by file.
final class FolderFiles {
    private static final String BLOB = "... on Blob { byteSize isTruncated isBinary text }";
    private static final String QUERY = """
            query Folder($owner: String!, $name: String!, $at: String!) {
              repository(owner: $owner, name: $name) {
                object(expression: $at) { ... on Tree { entries { name type object { %s
                  ... on Tree { entries { name type object { %s
                    ... on Tree { entries { name type object { %s } } } } } } } } } }
              }
            }""".formatted(BLOB, BLOB, BLOB);

    private record Found(String path, Optional<String> text) {}

    private final Place place;
    private final GitHubSources sources;

    FolderFiles(Place place, GitHubSources sources) {
        this.place = place;
        this.sources = sources;
    }

    List<SourceFile> read(CommitId at, String folder, String name) throws InterruptedException {
        String what = place.why("read all " + name + " below " + folder + " at " + at.brief());
        List<SourceFile> files = new ArrayList<>();
        for (Found found : found(at, folder, name, what)) {
            if (found.text.isPresent()) {
                files.add(SourceFile.of(found.path, found.text.get()));
            } else {
                files.add(sources.file(at, found.path)
                        .orElseThrow(() -> new ForgeException(what + ": " + found.path + " is no file")));
            }
        }
        return files;
    }

    private List<Found> found(CommitId at, String folder, String name, String what) throws InterruptedException {
        List<Found> found = place.graph().answers() ? byQuery(at, folder, name, what) : byNames(at, folder, name);
        return found.stream()
                .sorted(Comparator.comparing(Found::path, Walk.order()))
                .toList();
    }

    private List<Found> byQuery(CommitId at, String folder, String name, String what) throws InterruptedException {
        ObjectNode variables = Json.object()
                .put("owner", place.slug().owner())
                .put("name", place.slug().name())
                .put("at", at.hex() + ":" + folder);
        JsonNode data;
        try {
            data = place.graph().ask(QUERY, variables, what);
        } catch (ForgeException tooMuch) {
            // Texts of everything below the folder were more than GitHub works on for one query.
            return byNames(at, folder, name);
        }
        List<Found> found = new ArrayList<>();
        collect(data.path("repository").path("object"), folder, name, found);
        return found;
    }

    private static void collect(JsonNode tree, String folder, String name, List<Found> found) {
        for (JsonNode entry : tree.path("entries")) {
            String path = folder + "/" + Json.text(entry, "name");
            JsonNode object = entry.path("object");
            switch (Json.text(entry, "type")) {
                case "tree" -> collect(object, path, name, found);
                case "blob" -> {
                    if (Json.text(entry, "name").equals(name)) {
                        found.add(new Found(path, text(object)));
                    }
                }
                default -> {
                    // A submodule.
                }
            }
        }
    }

    /// GitHub cuts texts at 512,000 bytes, and changes bytes that are no text.
    private static Optional<String> text(JsonNode blob) {
        JsonNode text = blob.path("text");
        boolean whole = text.isString()
                && !blob.path("isTruncated").asBoolean(true)
                && !blob.path("isBinary").asBoolean(false)
                && text.asString().indexOf('\uFFFD') < 0
                && text.asString().getBytes(StandardCharsets.UTF_8).length
                        == blob.path("byteSize").asLong(-1);
        return whole ? Optional.of(text.asString()) : Optional.empty();
    }

    private List<Found> byNames(CommitId at, String folder, String name) throws InterruptedException {
        Optional<JsonNode> tree = place.api()
                .find(place.get(
                        place.target("/git/trees/{}", at + ":" + folder).with("recursive", 1),
                        "list " + folder + " at " + at.brief()));
        if (tree.isEmpty()) {
            return List.of();
        }
        if (tree.get().path("truncated").asBoolean(false)) {
            throw new ForgeException(place.why("list " + folder) + ": it has more files than GitHub lists at once;"
                    + " name a folder further down");
        }
        List<Found> found = new ArrayList<>();
        for (JsonNode entry : tree.get().path("tree")) {
            String path = folder + "/" + Json.text(entry, "path");
            if (Json.text(entry, "type").equals("blob") && Walk.comesTo(path, folder, name)) {
                found.add(new Found(path, Optional.empty()));
            }
        }
        return found;
    }
}
