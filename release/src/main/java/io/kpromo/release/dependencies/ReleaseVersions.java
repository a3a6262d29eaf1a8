// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.release.config.VersionReferences;
import io.kpromo.release.text.Template;
import io.kpromo.release.version.ImageTag;
import io.kpromo.release.version.Version;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the dependencies that a release changes become.
public final class ReleaseVersions {
    private ReleaseVersions() {}

    /// The version of the project as it is written down now: that of the first entry which becomes the version of a
    /// release itself.
    public static Optional<Version> written(VersionReferences references, Dependencies dependencies) {
        return references.entries().stream()
                .filter(entry -> entry.version().isEmpty())
                .flatMap(entry -> dependencies.all().stream()
                        .filter(dependency -> dependency.name().equals(entry.name())))
                .flatMap(dependency -> Version.parse("v" + dependency.version().replaceFirst("^v", "")).stream())
                .findFirst();
    }

    /// The new version of each, by its name, for [Bump]. Where `release.yaml` says nothing else, an entry that
    /// begins with `v` keeps that, and one without gets none.
    ///
    /// @param image the version, and the tag of its image
    /// @throws io.kpromo.yaml.InvalidInputException when the file has no dependency of a name
    public static Map<String, String> of(VersionReferences references, ImageTag image, Dependencies dependencies) {
        Map<String, Dependency> byName = dependencies.all().stream()
                .collect(Collectors.toMap(Dependency::name, Function.identity(), (first, _) -> first));
        String number = image.version().toString().replaceFirst("^v", "");
        Map<String, String> values = Map.of("version", "v" + number, "number", number, "imageTag", image.toString());
        Map<String, String> versions = new LinkedHashMap<>();
        Problems problems = new Problems();
        for (VersionReferences.Entry entry : references.entries()) {
            Dependency dependency = byName.get(entry.name());
            if (dependency == null) {
                problems.add(
                        Place.of(dependencies.file()),
                        "has no dependency " + entry.name() + ", which the configuration of releases names");
            } else {
                String usual = dependency.version().startsWith("v") ? "{{version}}" : "{{number}}";
                versions.put(
                        entry.name(),
                        entry.version().orElse(new Template(usual)).plain(values));
            }
        }
        problems.throwIfAny();
        return versions;
    }
}
