// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.github;

import io.kpromo.forge.CommitId;
import io.kpromo.forge.api.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which files may be executed: a tree that is written says so for each file anew. Scripts are looked up, a request
/// for each folder that has some; data and sources, which are most of what is changed, are not.
final class FileModes {
    private static final String PLAIN = "100644";
    private static final String EXECUTABLE = "100755";
    private static final Set<String> NEVER_EXECUTED = Set.of(
            "yaml",
            "yml",
            "json",
            "md",
            "txt",
            "toml",
            "xml",
            "properties",
            "go",
            "mod",
            "sum",
            "java",
            "tf",
            "tpl",
            "html",
            "css",
            "lock",
            "csv",
            "bzl",
            "bazel");

    private final Place place;
    private final CommitId parent;
    private final Map<String, Map<String, String>> folders = new HashMap<>();

    FileModes(Place place, CommitId parent) {
        this.place = place;
        this.parent = parent;
    }

    /// As git writes it.
    String of(String path) throws InterruptedException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (NEVER_EXECUTED.contains(name.substring(name.lastIndexOf('.') + 1))) {
            return PLAIN;
        }
        String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        Map<String, String> known = folders.get(folder);
        if (known == null) {
            known = read(folder);
            folders.put(folder, known);
        }
        return EXECUTABLE.equals(known.get(name)) ? EXECUTABLE : PLAIN;
    }

    private Map<String, String> read(String folder) throws InterruptedException {
        String tree = folder.isEmpty() ? parent.hex() : parent.hex() + ":" + folder;
        Optional<JsonNode> listed = place.api()
                .find(place.get(
                        place.target("/git/trees/{}", tree), "list folder " + folder + " at " + parent.brief()));
        Map<String, String> modes = new HashMap<>();
        listed.ifPresent(json -> json.path("tree")
                .forEach(entry -> modes.put(Json.text(entry, "path"), Json.textOrEmpty(entry, "mode"))));
        return modes;
    }
}
