// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.images.manifest.Manifests;
import io.kpromo.images.manifest.PromoterManifest;
import io.kpromo.images.manifest.Registry;
import io.kpromo.oci.OciException;
import io.kpromo.yaml.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The manifests of a canary with other destinations: below each, a folder that no other build writes to. So what
/// is there was promoted by this build. All else stays as it was written; the copy goes away when it is closed.
final class CanaryCopy implements AutoCloseable {
    private final Folder folder;
    private final Path manifest;

    private CanaryCopy(Folder folder, Path manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /// @param original a manifest of images, or a folder of thin manifests
    /// @param build that the folders are named after
    /// @throws io.kpromo.yaml.InvalidInputException when the manifests are wrong
    static CanaryCopy of(Path original, String build) throws InterruptedException {
        Map<Path, String> changed = new HashMap<>();
        for (PromoterManifest manifest : read(original).all()) {
            for (Registry destination : manifest.destinations()) {
                Path file = Path.of(destination.place().file()).toAbsolutePath().normalize();
                String text = changed.containsKey(file) ? changed.get(file) : text(file);
                changed.put(file, moved(text, destination, build));
            }
        }
        try {
            Folder folder = Folder.temporary("kpromo-canary");
            try {
                return new CanaryCopy(folder, copied(original, changed, folder));
            } catch (IOException | RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copied(Path original, Map<Path, String> changed, Folder folder) throws IOException {
        Path copy = folder.path().resolve(String.valueOf(original.getFileName()));
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(original.relativize(file).toString());
                String text = changed.get(file.toAbsolutePath().normalize());
                if (text == null) {
                    Files.copy(file, to);
                } else {
                    Files.writeString(to, text);
                }
            }
        }
        return copy;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The text with one more part at the end of the registry's name.
    private static String moved(String text, Registry destination, String build) {
        Place place = destination.place();
        List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
        String line = lines.get(place.line() - 1);
        String name = destination.name().toString();
        int at = line.indexOf(name, line.offsetByCodePoints(0, place.column() - 1));
        if (at < 0) {
            throw new OciException(place + ": write the name of a canary's registry plainly, as " + name
                    + "; each build adds a folder of its own to it");
        }
        int end = at + name.length();
        lines.set(place.line() - 1, line.substring(0, end) + "/" + build + line.substring(end));
        return String.join("", lines);
    }

    private static Manifests read(Path path) throws InterruptedException {
        return Files.isDirectory(path) ? Manifests.thinTree(path) : Manifests.plain(path);
    }

    /// Where it is.
    Path path() {
        return manifest;
    }

    List<PromoterManifest> manifests() throws InterruptedException {
        return read(manifest).all();
    }

    @Override
    public void close() {
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
