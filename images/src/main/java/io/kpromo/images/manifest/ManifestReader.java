// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.oci.InvalidNameException;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Reads one project's registries and images, from one file or from two.
final class ManifestReader {
    /// Distribution-spec 1.1: hosts limit a repository's path to this.
    private static final int LONGEST_PATH = 255;

    private final Problems problems;
    private final List<Registry> registries = new ArrayList<>();
    private final List<Image> images = new ArrayList<>();
    private Optional<Place> registriesAt = Optional.empty();
    private Optional<PlacedPolicy> provenance = Optional.empty();
    private Place start = Place.of("");

    ManifestReader(Problems problems) {
        this.problems = problems;
    }

    /// A plain manifest: both in one file.
    void plain(Path file) {
        document(
                file,
                file.toString(),
                yaml -> yaml.mapping("the manifest", (key, place) -> {
                    switch (key) {
                        case "registries" -> registries(yaml, place);
                        case "images" -> new ImagesReader(yaml, images).read();
                        case "provenance" -> provenance = new ProvenanceFields(yaml, place).read();
                        default -> yaml.unknownKey(key, place, Set.of("registries", "images", "provenance"));
                    }
                }));
        checkRegistries();
        checkLengths();
    }

    /// The registries of a thin tree's project.
    void promoterManifest(Path file, String name) {
        document(file, name, this::thin);
        checkRegistries();
    }

    /// The same from bytes.
    void promoterManifest(byte[] content, String name) {
        document(name, body -> YamlReader.read(content, name, problems, body), this::thin);
        checkRegistries();
    }

    private void thin(YamlReader yaml) {
        yaml.mapping("the manifest", (key, place) -> {
            switch (key) {
                case "registries" -> registries(yaml, place);
                case "provenance" -> provenance = new ProvenanceFields(yaml, place).read();
                case "imagesPath" -> yaml.skip(); // of old; the place of the images is fixed
                case "images" ->
                    yaml.problem(place, "images stand in images/<project>/images.yaml in a thin tree; move them");
                default -> yaml.unknownKey(key, place, Set.of("registries", "imagesPath", "provenance"));
            }
        });
    }

    /// The images of a thin tree's project; a file without a document holds none.
    void imagesFile(Path file, String name) {
        YamlReader.read(file, name, problems, yaml -> new ImagesReader(yaml, images).read());
        checkLengths();
    }

    /// To be called when there was no problem.
    PromoterManifest manifest(String project, String file, String imagesFile) {
        Registry source =
                registries.stream().filter(Registry::source).findFirst().orElseThrow();
        List<Registry> destinations =
                registries.stream().filter(registry -> !registry.source()).toList();
        return new PromoterManifest(project, file, imagesFile, source, destinations, images, provenance);
    }

    List<Image> images() {
        return images;
    }

    List<Registry> registries() {
        return registries;
    }

    /// Where the document began.
    Place start() {
        return start;
    }

    private void document(Path file, String name, Consumer<YamlReader> body) {
        document(name, reader -> YamlReader.read(file, name, problems, reader), body);
    }

    private void document(String name, Consumer<Consumer<YamlReader>> read, Consumer<YamlReader> body) {
        start = Place.of(name);
        boolean before = problems.isEmpty();
        read.accept(yaml -> {
            start = yaml.place();
            body.accept(yaml);
        });
        if (before && problems.isEmpty() && start.line() == 0) {
            problems.add(start, "is empty; want registries");
        }
    }

    private void registries(YamlReader yaml, Place place) {
        registriesAt = Optional.of(place);
        yaml.list("registries", () -> registry(yaml));
    }

    private void registry(YamlReader yaml) {
        Place place = yaml.place();
        RegistryFields fields = new RegistryFields(yaml);
        if (fields.read()) {
            fields.registry(place).ifPresent(registries::add);
        }
    }

    private void checkRegistries() {
        if (!problems.isEmpty()) {
            return; // what could not be read cannot be counted either
        }
        if (registriesAt.isEmpty()) {
            problems.add(start, "\"registries\" is missing; name one source (src: true) and its destinations");
            return;
        }
        Place place = registriesAt.get();
        List<Registry> sources = registries.stream().filter(Registry::source).toList();
        if (sources.isEmpty()) {
            problems.add(place, "no registry is the source; mark one with src: true");
        }
        for (Registry more : sources.stream().skip(1).toList()) {
            problems.add(
                    more.place(),
                    "a second source, the first is " + sources.getFirst().name() + " at line "
                            + sources.getFirst().place().line() + "; a manifest has one");
        }
        if (registries.size() == sources.size()) {
            problems.add(place, "no destination; name at least one registry without src: true");
        }
        for (Registry registry : registries) {
            boolean same = sources.stream().anyMatch(source -> source.name().equals(registry.name()));
            if (!registry.source() && same) {
                problems.add(registry.place(), registry.name() + " is the source and its own destination; remove one");
            }
        }
    }

    private void checkLengths() {
        int longest = registries.stream()
                .mapToInt(registry -> registry.name().path().length())
                .max()
                .orElse(0);
        for (Image image : images) {
            if (longest > 0 && longest + 1 + image.name().length() > LONGEST_PATH) {
                problems.add(
                        image.place(),
                        "name and registry together have more than " + LONGEST_PATH + " characters; shorten one");
            }
        }
    }

    /// The words of a broken name's rule, at its place.
    static void invalid(YamlReader yaml, Place place, InvalidNameException e) {
        yaml.problem(place, e.getMessage() == null ? "invalid name" : e.getMessage());
    }
}
