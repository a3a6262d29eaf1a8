// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

import io.kpromo.images.manifest.Entry;
import io.kpromo.images.manifest.Image;
import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.manifest.Registry;
import io.kpromo.images.manifest.RegistryName;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.Tag;
import io.kpromo.yaml.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Manifests in a few words, for tests: `manifest("a.yaml", "gcr.io/s", List.of("gcr.io/d"), image("foo",
/// wish(1, "x")))`. Lines are counted up, so that every entry has a place of its own.
public final class Wishes {
    /// A digest by its number, and its tags.
    public record Wish(int number, List<String> tags) {}

    /// An image of a manifest in the making.
    public record Named(String name, List<Wish> wishes) {}

    private Wishes() {}

    public static Digest digest(int number) {
        return Digest.sha256(("content " + number).getBytes(StandardCharsets.UTF_8));
    }

    public static Wish wish(int number, String... tags) {
        return new Wish(number, Arrays.asList(tags));
    }

    public static Named image(String name, Wish... wishes) {
        return new Named(name, Arrays.asList(wishes));
    }

    public static PromoterManifest manifest(String file, String source, List<String> destinations, Named... images) {
        int line = 1;
        List<Image> read = new ArrayList<>();
        for (Named image : images) {
            Place place = new Place(file, line++, 9);
            List<Entry> entries = new ArrayList<>();
            for (Wish wish : image.wishes) {
                int at = line++;
                List<Place> places = new ArrayList<>();
                for (int i = 0; i < wish.tags.size(); i++) {
                    places.add(new Place(file, at, 80 + i));
                }
                entries.add(new Entry(
                        digest(wish.number),
                        wish.tags.stream().map(Tag::new).toList(),
                        new Place(file, at, 5),
                        places));
            }
            read.add(new Image(image.name, entries, place));
        }
        return new PromoterManifest(
                file,
                file,
                file,
                registry(source, true),
                destinations.stream().map(d -> registry(d, false)).toList(),
                read);
    }

    public static DesiredState desired(PromoterManifest... manifests) {
        return DesiredState.of(Arrays.asList(manifests));
    }

    public static Repository repository(String name) {
        return Repository.parse(name);
    }

    private static Registry registry(String name, boolean source) {
        return new Registry(RegistryName.parse(name), Optional.empty(), source, Place.of("registries"));
    }
}
