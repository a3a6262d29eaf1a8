// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import io.kpromo.files.store.Base;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.YamlReader;
import java.util.Optional;
import java.util.Set;

/// What stands in one item of `filestores`.
final class FilestoreFields {
    private final YamlReader yaml;
    private Optional<String> base = Optional.empty();
    private Optional<Place> basedAt = Optional.empty();
    private Optional<String> serviceAccount = Optional.empty();
    private boolean source;

    FilestoreFields(YamlReader yaml) {
        this.yaml = yaml;
    }

    /// @return empty where something is wrong, which has been told
    Optional<Filestore> read() {
        Place item = yaml.place();
        boolean mapping = yaml.isMapping();
        yaml.mapping("a filestore", (key, place) -> {
            switch (key) {
                case "base" -> {
                    basedAt = Optional.of(yaml.place());
                    base = yaml.text("base");
                }
                case "service-account" ->
                    serviceAccount = yaml.text("service-account").filter(s -> !s.isEmpty());
                case "src" -> source = yaml.bool("src").orElse(false);
                default -> yaml.unknownKey(key, place, Set.of("base", "service-account", "src"));
            }
        });
        if (mapping && basedAt.isEmpty()) {
            yaml.problem(item, "a filestore without a base; add base: gs://bucket/path");
        }
        return base.isPresent() && basedAt.isPresent() ? filestore(base.get(), basedAt.get()) : Optional.empty();
    }

    private Optional<Filestore> filestore(String text, Place place) {
        try {
            return Optional.of(new Filestore(Base.parse(text), serviceAccount, source, place));
        } catch (InvalidNameException e) {
            yaml.problem(place, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
