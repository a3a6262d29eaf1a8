// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.oci.InvalidNameException;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.YamlReader;
import java.util.Optional;
import java.util.Set;

/// The fields of one item of `registries`.
final class RegistryFields {
    private final YamlReader yaml;
    private Optional<String> name = Optional.empty();
    private Optional<Place> namedAt = Optional.empty();
    private Optional<String> serviceAccount = Optional.empty();
    private boolean source;

    RegistryFields(YamlReader yaml) {
        this.yaml = yaml;
    }

    /// @return whether it was a mapping at all
    boolean read() {
        boolean mapping = yaml.isMapping();
        yaml.mapping("a registry", (key, place) -> {
            switch (key) {
                case "name" -> {
                    namedAt = Optional.of(yaml.place());
                    name = yaml.text("name");
                }
                case "service-account" ->
                    serviceAccount = yaml.text("service-account").filter(s -> !s.isEmpty());
                case "src" -> source = yaml.bool("src").orElse(false);
                default -> yaml.unknownKey(key, place, Set.of("name", "service-account", "src"));
            }
        });
        return mapping;
    }

    Optional<Registry> registry(Place item) {
        if (namedAt.isEmpty()) {
            yaml.problem(item, "a registry without a name; add name: host/path");
            return Optional.empty();
        }
        Place place = namedAt.get();
        if (name.isEmpty()) {
            return Optional.empty(); // has been told
        }
        if (name.get().isEmpty()) {
            yaml.problem(place, "the registry's name is empty; want host/path");
            return Optional.empty();
        }
        try {
            return Optional.of(new Registry(RegistryName.parse(name.get()), serviceAccount, source, place));
        } catch (InvalidNameException e) {
            ManifestReader.invalid(yaml, place, e);
            return Optional.empty();
        }
    }
}
