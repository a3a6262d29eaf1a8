// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.yaml.Problem;
import io.kpromo.yaml.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// All that was read: one plain manifest or a thin tree of them.
///
/// @param all in the order of their projects
/// @param warnings what deserves a look and stops nothing
public record Manifests(List<PromoterManifest> all, List<Problem> warnings) {
    public Manifests {
        all = List.copyOf(all);
        warnings = List.copyOf(warnings);
    }

    /// Reads one file that holds `registries` and `images`.
    ///
    /// @throws io.kpromo.yaml.InvalidInputException with all that is wrong
    public static Manifests plain(Path file) {
        Problems problems = new Problems();
        List<Problem> warnings = new ArrayList<>();
        ManifestReader reader = new ManifestReader(problems);
        reader.plain(file);
        if (problems.isEmpty() && reader.images().isEmpty()) {
            warnings.add(new Problem(reader.start(), "no images: nothing will be promoted"));
        }
        problems.throwIfAny();
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
        return new Manifests(List.of(reader.manifest(name, file.toString(), file.toString())), warnings);
    }

    /// Reads a tree of `manifests/<project>/promoter-manifest.yaml` and `images/<project>/images.yaml`, a few
    /// files at a time.
    ///
    /// @throws io.kpromo.yaml.InvalidInputException with all that is wrong
    public static Manifests thinTree(Path root) throws InterruptedException {
        return new ThinTree(root).read();
    }

    /// The registries of one `promoter-manifest.yaml` of a thin tree.
    ///
    /// @param name what messages call the file
    /// @throws io.kpromo.yaml.InvalidInputException with all that is wrong
    public static List<Registry> registries(byte[] promoterManifest, String name) {
        Problems problems = new Problems();
        ManifestReader reader = new ManifestReader(problems);
        reader.promoterManifest(promoterManifest, name);
        problems.throwIfAny();
        return List.copyOf(reader.registries());
    }

    /// Whether a folder is laid out as a thin tree: it holds `manifests` and `images`.
    public static boolean isThinTree(Path folder) {
        return Files.isDirectory(folder.resolve(ThinTree.MANIFESTS))
                && Files.isDirectory(folder.resolve(ThinTree.IMAGES));
    }

    /// Digests over all manifests, counted as often as they stand there.
    public long digests() {
        return all.stream()
                .flatMap(manifest -> manifest.images().stream())
                .mapToLong(image -> image.entries().size())
                .sum();
    }
}
