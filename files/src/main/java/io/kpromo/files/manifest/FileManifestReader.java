// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Scheme;
import io.kpromo.yaml.Place;
import io.kpromo.yaml.Problems;
import io.kpromo.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what belongs to one manifest, from as many files as it takes, and checks what can be seen only of the
/// whole.
final class FileManifestReader {
    private final Problems problems;
    private final List<Filestore> filestores = new ArrayList<>();
    private final Map<FileName, WantedFile> files = new LinkedHashMap<>();
    private Place filestoresAt = Place.of("");
    private boolean filestoresFound;
    private boolean filesFound;

    FileManifestReader(Problems problems) {
        this.problems = problems;
    }

    void filestores(Path file) {
        filestoresAt = Place.of(file.toString());
        YamlReader.read(
                file,
                file.toString(),
                problems,
                yaml -> yaml.mapping("the manifest", (key, place) -> {
                    switch (key) {
                        case "filestores" -> {
                            filestoresFound = true;
                            filestoresAt = place;
                            yaml.list(
                                    "filestores",
                                    () -> new FilestoreFields(yaml).read().ifPresent(filestores::add));
                        }
                        case "files" -> yaml.problem(place, "files stand in a file of their own; move them");
                        default -> yaml.unknownKey(key, place, Set.of("filestores"));
                    }
                }));
    }

    void files(Path file) {
        YamlReader.read(
                file,
                file.toString(),
                problems,
                yaml -> yaml.mapping("the manifest", (key, place) -> {
                    switch (key) {
                        case "files" -> {
                            filesFound = true;
                            yaml.list("files", () -> new FileFields(yaml).read().ifPresent(this::add));
                        }
                        case "filestores" -> yaml.problem(place, "filestores stand in a file of their own; move them");
                        default -> yaml.unknownKey(key, place, Set.of("files"));
                    }
                }));
    }

    /// The same file may be named again; another content may not.
    private void add(WantedFile file) {
        WantedFile first = files.putIfAbsent(file.name(), file);
        if (first != null && !first.sha256().equals(file.sha256())) {
            problems.add(
                    file.place(),
                    YamlReader.quoted(file.name().text()) + " has another sha256 at " + first.place()
                            + "; a name stands for one content");
        }
    }

    /// What can be seen only when all was read.
    ///
    /// @param wanted where files were looked for
    void check(Path wanted) {
        if (!problems.isEmpty()) {
            return; // what could not be read cannot be counted either
        }
        if (filestores.isEmpty()) {
            problems.add(
                    filestoresAt,
                    (filestoresFound ? "no filestore" : "\"filestores\" is missing")
                            + "; name one source (src: true) and its destinations");
        } else {
            checkSource();
            checkDestinations();
        }
        if (files.isEmpty()) {
            problems.add(
                    Place.of(wanted.toString()),
                    (filesFound ? "no file" : "\"files\" is missing") + "; name at least one file, with its sha256");
        }
        files.values().forEach(this::checkLength);
        checkFolders();
    }

    private void checkSource() {
        List<Filestore> sources = filestores.stream().filter(Filestore::source).toList();
        if (sources.isEmpty()) {
            problems.add(filestoresAt, "no filestore is the source; mark one with src: true");
        }
        for (Filestore more : sources.stream().skip(1).toList()) {
            problems.add(
                    more.place(),
                    "a second source, the first is " + sources.getFirst().base() + " at line "
                            + sources.getFirst().place().line() + "; a manifest has one");
        }
        sources.stream()
                .filter(source -> source.base().scheme() == Scheme.OCI)
                .forEach(source -> problems.add(source.place(), "a registry is a destination only; name a bucket"));
        if (filestores.size() == sources.size()) {
            problems.add(filestoresAt, "no destination; name at least one filestore without src: true");
        }
    }

    private void checkDestinations() {
        Map<String, Filestore> seen = new HashMap<>();
        for (Filestore store : filestores) {
            Filestore first = seen.putIfAbsent(store.base().toString(), store);
            if (first != null && first.source() != store.source()) {
                problems.add(store.place(), store.base() + " is the source and its own destination; remove one");
            } else if (first != null && !store.source()) {
                problems.add(
                        store.place(),
                        store.base() + " stands at line " + first.place().line() + " already; remove one");
            }
        }
    }

    /// Buckets limit the whole name, the path of the base included.
    private void checkLength(WantedFile file) {
        for (Filestore store : filestores) {
            int bytes = store.base().key(file.name()).getBytes(StandardCharsets.UTF_8).length;
            if (store.base().scheme() != Scheme.FILE && bytes > FileName.LONGEST) {
                problems.add(
                        file.place(),
                        "the name has " + bytes + " bytes together with the path of " + store.base() + ", more than "
                                + FileName.LONGEST + "; shorten one");
            }
        }
    }

    /// A folder can't hold a file and a folder of the same name.
    private void checkFolders() {
        Optional<Filestore> folder = filestores.stream()
                .filter(store -> store.base().scheme() == Scheme.FILE)
                .findFirst();
        if (folder.isEmpty()) {
            return;
        }
        Map<String, WantedFile> byText = new HashMap<>();
        files.values().forEach(file -> byText.put(file.name().text(), file));
        for (WantedFile file : files.values()) {
            String text = file.name().text();
            for (int slash = text.indexOf('/'); slash > 0; slash = text.indexOf('/', slash + 1)) {
                WantedFile above = byText.get(text.substring(0, slash));
                if (above != null) {
                    problems.add(
                            file.place(),
                            YamlReader.quoted(above.name().text()) + " is a file already, at " + above.place() + "; "
                                    + folder.get().base() + " can't hold a folder of that name, too");
                }
            }
        }
    }

    /// To be called when there was no problem.
    FileManifest manifest(String project) {
        Filestore source =
                filestores.stream().filter(Filestore::source).findFirst().orElseThrow();
        return new FileManifest(
                project,
                source,
                filestores.stream().filter(store -> !store.source()).toList(),
                List.copyOf(files.values()));
    }
}
