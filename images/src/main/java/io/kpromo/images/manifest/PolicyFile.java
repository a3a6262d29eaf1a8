// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A policy in a file of its own, for all projects that have none: `provenance:` as in a manifest.
public final class PolicyFile {
    private PolicyFile() {}

    /// @throws io.kpromo.yaml.InvalidInputException with all that is wrong
    public static PlacedPolicy read(Path file) {
        Problems problems = new Problems();
        List<Optional<PlacedPolicy>> read = new ArrayList<>();
        YamlReader.read(
                file,
                file.toString(),
                problems,
                yaml -> yaml.mapping("the policy", (key, place) -> {
                    switch (key) {
                        case "provenance" -> read.add(new ProvenanceFields(yaml, place).read());
                        default -> yaml.unknownKey(key, place, Set.of("provenance"));
                    }
                }));
        if (problems.isEmpty() && read.isEmpty()) {
            problems.add(Place.of(file.toString()), "holds no policy; want provenance: as in a promoter-manifest.yaml");
        }
        problems.throwIfAny();
        return read.getFirst().orElseThrow();
    }
}
