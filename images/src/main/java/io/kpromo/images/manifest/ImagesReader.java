// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a list of images: `name` and `dmap` of each.
final class ImagesReader {
    private static final Host ANY_HOST = new Host("localhost");
    private static final String WANTED_DMAP = "\"sha256:…\": [\"tag\", …], and [] for a digest without tags";

    private final YamlReader yaml;
    private final List<Image> images;

    /// @param images where what is right goes
    ImagesReader(YamlReader yaml, List<Image> images) {
        this.yaml = yaml;
        this.images = images;
    }

    void read() {
        yaml.list("images", this::image);
    }

    /// What was said of one image.
    private static final class Fields {
        Optional<String> name = Optional.empty();
        Optional<Place> namedAt = Optional.empty();
        Optional<Place> dmapAt = Optional.empty();
        final List<Entry> entries = new ArrayList<>();
    }

    private void image() {
        Place item = yaml.place();
        if (!yaml.isMapping()) {
            yaml.mapping("an image", (key, place) -> {});
            return;
        }
        Fields fields = new Fields();
        yaml.mapping("an image", (key, place) -> {
            switch (key) {
                case "name" -> {
                    fields.namedAt = Optional.of(yaml.place());
                    fields.name = yaml.text("name");
                }
                case "dmap" -> dmap(fields, place);
                default -> yaml.unknownKey(key, place, Set.of("name", "dmap"));
            }
        });
        if (fields.dmapAt.isEmpty()) {
            yaml.problem(item, "an image without a dmap; add dmap: with " + WANTED_DMAP);
        }
        if (fields.namedAt.isEmpty()) {
            yaml.problem(item, "an image without a name; add name: path/below/the/registry");
            return;
        }
        Place place = fields.namedAt.get();
        fields.name
                .flatMap(name -> name(name, place))
                .ifPresent(name -> images.add(new Image(name, fields.entries, place)));
    }

    private Optional<String> name(String text, Place place) {
        String name = text.endsWith("/") ? text.replaceFirst("/+$", "") : text;
        if (name.isEmpty()) {
            yaml.problem(place, "the image's name is empty; want a path below the registry");
            return Optional.empty();
        }
        try {
            return Optional.of(new Repository(ANY_HOST, name).path());
        } catch (InvalidNameException e) {
            ManifestReader.invalid(yaml, place, e);
            return Optional.empty();
        }
    }

    private void dmap(Fields fields, Place key) {
        fields.dmapAt = Optional.of(key);
        int[] digests = {0};
        boolean mapping = yaml.isMapping();
        yaml.mapping("dmap", (text, place) -> {
            digests[0]++;
            Optional<Digest> digest = digest(text, place);
            List<Tag> tags = new ArrayList<>(2);
            List<Place> places = new ArrayList<>(2);
            tags(tags, places);
            digest.ifPresent(d -> fields.entries.add(new Entry(d, tags, place, places)));
        });
        if (mapping && digests[0] == 0) {
            yaml.problem(key, "the dmap is empty; want " + WANTED_DMAP);
        }
    }

    private Optional<Digest> digest(String text, Place place) {
        try {
            Digest digest = Digest.parse(text);
            if (digest.algorithm() == Digest.Algorithm.SHA256) {
                return Optional.of(digest);
            }
            yaml.problem(place, "digest " + YamlReader.quoted(text) + " is not sha256; want sha256: and 64 hex digits");
        } catch (InvalidNameException e) {
            ManifestReader.invalid(yaml, place, e);
        }
        return Optional.empty();
    }

    private void tags(List<Tag> tags, List<Place> places) {
        if (!yaml.isList()) {
            yaml.list("tags of a digest ([] for none)", () -> {});
            return;
        }
        yaml.list("tags", () -> {
            Place place = yaml.place();
            Optional<String> text = yaml.text("a tag");
            if (text.isPresent()) {
                try {
                    Tag tag = new Tag(text.get());
                    tags.add(tag);
                    places.add(place);
                } catch (InvalidNameException e) {
                    ManifestReader.invalid(yaml, place, e);
                }
            }
        });
    }
}
