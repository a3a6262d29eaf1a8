// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Lists of images apart from their registries, as a diff looks at them.
public final class ImageLists {
    private ImageLists() {}

    /// All images of an `images.yaml`; a file without a document holds none.
    ///
    /// @param name what messages call the file
    /// @throws io.kpromo.yaml.InvalidInputException with all that is wrong
    public static List<Image> read(byte[] content, String name) {
        Problems problems = new Problems();
        List<Image> images = new ArrayList<>();
        YamlReader.read(content, name, problems, yaml -> new ImagesReader(yaml, images).read());
        problems.throwIfAny();
        return images;
    }

    /// The images in the text of an `images.yaml` or of a plain manifest. What is not valid is left out, for
    /// whoever promotes has the file validated anyway.
    public static List<Image> parse(String text) {
        List<Image> images = new ArrayList<>();
        YamlReader.read(text.getBytes(StandardCharsets.UTF_8), "", new Problems(), yaml -> {
            if (yaml.isMapping()) {
                yaml.mapping("the manifest", (key, place) -> {
                    switch (key) {
                        case "images" -> new ImagesReader(yaml, images).read();
                        case "registries", "provenance" -> yaml.skip();
                        default -> yaml.unknownKey(key, place, Set.of());
                    }
                });
            } else {
                new ImagesReader(yaml, images).read();
            }
        });
        return images;
    }
}
