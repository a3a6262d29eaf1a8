// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import io.kpromo.files.FileName;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.YamlReader;
import java.util.Optional;
import java.util.Set;

/// What stands in one item of `files`.
final class FileFields {
    private final YamlReader yaml;
    private Optional<FileName> name = Optional.empty();
    private Optional<Digest> sha256 = Optional.empty();
    private Optional<Place> namedAt = Optional.empty();
    private boolean summed;

    FileFields(YamlReader yaml) {
        this.yaml = yaml;
    }

    /// @return empty where something is wrong, which has been told
    Optional<WantedFile> read() {
        Place item = yaml.place();
        boolean mapping = yaml.isMapping();
        yaml.mapping("a file", (key, place) -> {
            switch (key) {
                case "name" -> {
                    namedAt = Optional.of(yaml.place());
                    name = name(yaml.place());
                }
                case "sha256" -> {
                    summed = true;
                    sha256 = sha256(yaml.place());
                }
                default -> yaml.unknownKey(key, place, Set.of("name", "sha256"));
            }
        });
        if (mapping && namedAt.isEmpty()) {
            yaml.problem(item, "a file without a name; add name: path/below/the/base");
        }
        if (mapping && !summed) {
            yaml.problem(item, "a file without its sha256; add sha256: and 64 hex digits");
        }
        return name.isPresent() && sha256.isPresent()
                ? Optional.of(new WantedFile(name.get(), sha256.get(), namedAt.orElse(item)))
                : Optional.empty();
    }

    private Optional<FileName> name(Place place) {
        try {
            return yaml.text("name").map(FileName::new);
        } catch (InvalidNameException e) {
            yaml.problem(place, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Digest> sha256(Place place) {
        Optional<String> text = yaml.text("sha256");
        try {
            return text.map(hex -> Digest.parse("sha256:" + hex));
        } catch (InvalidNameException e) {
            yaml.problem(
                    place, "invalid sha256 " + YamlReader.quoted(text.orElse("")) + ": want 64 lower-case hex digits");
            return Optional.empty();
        }
    }
}
