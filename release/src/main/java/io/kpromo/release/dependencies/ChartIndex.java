// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.oci.OciException;
import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `index.yaml` of a repository of Helm's charts. What is not asked for is passed over.
final class ChartIndex {
    private ChartIndex() {}

    /// The versions of a chart that are not marked as pre-releases.
    ///
    /// @throws OciException when there is no such chart, or this is no index
    static List<String> versions(byte[] index, String address, String chart) {
        Problems problems = new Problems();
        List<String> versions = new ArrayList<>();
        YamlReader.read(
                index,
                address,
                problems,
                yaml -> yaml.mapping("the index", (key, _) -> {
                    if (key.equals("entries")) {
                        yaml.mapping(key, (name, _) -> {
                            if (name.equals(chart)) {
                                yaml.list(name, () -> version(yaml).ifPresent(versions::add));
                            } else {
                                yaml.skip();
                            }
                        });
                    } else {
                        yaml.skip();
                    }
                }));
        if (versions.isEmpty()) {
            throw new OciException(
                    problems.isEmpty()
                            ? address + " has no chart " + chart
                            : problems.list().getFirst().toString());
        }
        return versions;
    }

    private static Optional<String> version(YamlReader yaml) {
        var found = new Object() {
            Optional<String> version = Optional.empty();
            boolean early;
        };
        yaml.mapping("a version", (key, _) -> {
            switch (key) {
                case "version" -> found.version = yaml.text(key);
                case "annotations" ->
                    yaml.mapping(key, (name, _) -> {
                        String value = yaml.text(name).orElse("");
                        found.early |= name.equals("artifacthub.io/prerelease") && value.equals("true");
                    });
                default -> yaml.skip();
            }
        });
        return found.early ? Optional.empty() : found.version;
    }
}
