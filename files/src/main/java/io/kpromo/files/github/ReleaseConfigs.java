// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import io.kpromo.forge.RefName;
import io.kpromo.forge.Slug;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a configuration of releases, strictly:
///
/// ```yaml
/// releaseConfigs:
/// - org: kubernetes-sigs
///   repo: cri-tools
///   tags: [v1.30.0]
///   includePrereleases: false
///   gcsBucket: k8s-artifacts-cri-tools
///   releaseDir: release
/// ```
public final class ReleaseConfigs {
    private static final Set<String> KEYS =
            Set.of("org", "repo", "tags", "includePrereleases", "gcsBucket", "releaseDir");

    private ReleaseConfigs() {}

    /// @param downloadOnly whether buckets are of no interest and need not be named
    /// @throws io.kpromo.yaml.InvalidInputException when anything in it is wrong, with all places
    public static List<ReleaseConfig> read(Path file, boolean downloadOnly) {
        Problems problems = new Problems();
        List<ReleaseConfig> all = new ArrayList<>();
        YamlReader.read(
                file,
                file.toString(),
                problems,
                yaml -> yaml.mapping("the document", (key, place) -> {
                    if (key.equals("releaseConfigs")) {
                        yaml.list(
                                "releaseConfigs",
                                () -> new Fields(yaml, downloadOnly).read().ifPresent(all::add));
                    } else {
                        yaml.unknownKey(key, place, Set.of("releaseConfigs"));
                    }
                }));
        if (all.isEmpty() && problems.isEmpty()) {
            problems.add(Place.of(file.toString()), "names no releases; add an item to releaseConfigs");
        }
        problems.throwIfAny();
        return all;
    }

    /// One item.
    private static final class Fields {
        private final YamlReader yaml;
        private final boolean downloadOnly;
        private final List<String> tags = new ArrayList<>();
        private String org = "";
        private String repo = "";
        private String bucket = "";
        private String folder = "";
        private boolean prereleases;

        Fields(YamlReader yaml, boolean downloadOnly) {
            this.yaml = yaml;
            this.downloadOnly = downloadOnly;
        }

        Optional<ReleaseConfig> read() {
            Place place = yaml.place();
            boolean mapping = yaml.isMapping();
            yaml.mapping("a release configuration", this::field);
            if (!mapping || missing(place, "org", org) || missing(place, "repo", repo)) {
                return Optional.empty();
            }
            if (!downloadOnly && missing(place, "gcsBucket", bucket)) {
                return Optional.empty();
            }
            try {
                return Optional.of(new ReleaseConfig(
                        new Slug(org, repo),
                        tags,
                        prereleases,
                        downloadOnly ? Optional.empty() : Optional.of(ReleaseConfig.destination(bucket, folder)),
                        place));
            } catch (InvalidNameException e) {
                yaml.problem(place, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        private boolean missing(Place place, String key, String value) {
            if (value.isEmpty()) {
                yaml.problem(place, "a release configuration without " + key + "; add " + key + ": …");
            }
            return value.isEmpty();
        }

        private void tag() {
            Place place = yaml.place();
            try {
                yaml.text("a tag").map(RefName::new).map(RefName::text).ifPresent(tags::add);
            } catch (InvalidNameException e) {
                yaml.problem(place, String.valueOf(e.getMessage()));
            }
        }

        private void field(String key, Place place) {
            switch (key) {
                case "org" -> org = yaml.text(key).orElse(org);
                case "repo" -> repo = yaml.text(key).orElse(repo);
                case "gcsBucket" -> bucket = yaml.text(key).orElse(bucket);
                case "releaseDir" -> folder = yaml.text(key).orElse(folder);
                case "tags" -> yaml.list(key, this::tag);
                case "includePrereleases" -> prereleases = yaml.bool(key).orElse(false);
                default -> yaml.unknownKey(key, place, KEYS);
            }
        }
    }
}
