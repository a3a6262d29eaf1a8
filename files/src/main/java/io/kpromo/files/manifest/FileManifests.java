// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import io.kpromo.yaml.Problem;
import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// All that was read: one manifest, or a tree of them.
///
/// @param all in the order of their projects
/// @param warnings what deserves a look and stops nothing
public record FileManifests(List<FileManifest> all, List<Problem> warnings) {
    public FileManifests {
        all = List.copyOf(all);
        warnings = List.copyOf(warnings);
    }

    /// Reads a file with `filestores`, and a file with `files` or a folder of such files, all below it, in the
    /// order of their paths.
    ///
    /// @throws io.kpromo.yaml.InvalidInputException with all that is wrong
    public static FileManifests of(Path filestores, Path files) {
        Problems problems = new Problems();
        FileManifestReader reader = new FileManifestReader(problems);
        reader.filestores(filestores);
        if (Files.isDirectory(files)) {
            FilesFolder.every(files, problems).forEach(reader::files);
        } else {
            reader.files(files);
        }
        reader.check(files);
        problems.throwIfAny();
        String name = String.valueOf(filestores.getFileName()).replaceFirst("\\.ya?ml$", "");
        FileManifests read = new FileManifests(List.of(reader.manifest(name)), List.of());
        Collisions.check(read.all, problems);
        problems.throwIfAny();
        return read;
    }

    /// Reads a tree of `filestores/<project>/filepromoter-manifest.yaml` and `manifests/<project>/*.yaml`.
    ///
    /// @throws io.kpromo.yaml.InvalidInputException with all that is wrong
    public static FileManifests tree(Path root) {
        return new FilesTree(root).read();
    }

    /// Whether a folder is laid out as such a tree: it holds `filestores`, which trees of images do not have.
    public static boolean isTree(Path folder) {
        return Files.isDirectory(folder.resolve(FilesTree.FILESTORES));
    }

    /// Whether a file is one half of a manifest: it holds `filestores` or `files`.
    public static boolean isPart(Path file) {
        Set<String> keys = new HashSet<>();
        YamlReader.read(file, file.toString(), new Problems(), yaml -> {
            if (yaml.isMapping()) {
                yaml.mapping("", (key, place) -> keys.add(key));
            }
        });
        return keys.contains("filestores") || keys.contains("files");
    }

    /// Files in all manifests, counted as often as they stand there.
    public long files() {
        return all.stream().mapToLong(manifest -> manifest.files().size()).sum();
    }

    /// How many files are wanted in places, each counted for itself.
    public long edges() {
        return all.stream().mapToLong(FileManifest::edges).sum();
    }
}
