// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.plan;

import io.kpromo.files.manifest.FileManifest;
import io.kpromo.files.manifest.Filestore;
import io.kpromo.files.manifest.WantedFile;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.StoredFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All that manifests want.
///
/// @param edges in the order of the manifests and their files; each place once for each source that is
///     named for it
public record DesiredFiles(List<FileEdge> edges) {
    public DesiredFiles {
        edges = List.copyOf(edges);
    }

    public static DesiredFiles of(Collection<FileManifest> manifests) {
        // Of most files there is one source: nothing is kept for those but the edge.
        Map<String, Set<Base>> sources = new HashMap<>();
        List<FileEdge> edges = new ArrayList<>();
        for (FileManifest manifest : manifests) {
            for (WantedFile file : manifest.files()) {
                for (Filestore store : manifest.destinations()) {
                    FileEdge edge = new FileEdge(
                            manifest.source().base(), store.base(), file.name(), file.sha256(), file.place());
                    String to = edge.to();
                    Set<Base> known = sources.getOrDefault(to, Set.of());
                    if (!known.contains(edge.source())) {
                        sources.put(to, with(known, edge.source()));
                        edges.add(edge);
                    }
                }
            }
        }
        return new DesiredFiles(edges);
    }

    private static Set<Base> with(Set<Base> some, Base other) {
        if (some.isEmpty()) {
            return Set.of(other);
        }
        Set<Base> all = new HashSet<>(some);
        all.add(other);
        return all;
    }

    /// One edge for each place: of several sources that are named for it the first that promises most.
    ///
    /// @param seen nothing yet, for the first that is named
    public List<FileEdge> chosen(ObservedFiles seen) {
        Map<String, FileEdge> chosen = new LinkedHashMap<>();
        for (FileEdge edge : edges) {
            chosen.merge(
                    edge.to(), edge, (before, other) -> promise(other, seen) > promise(before, seen) ? other : before);
        }
        return List.copyOf(chosen.values());
    }

    /// How good a source is for a file that several are named for: one that has it comes before one that says
    /// itself that it has something else, that one before one that could not be asked, and all before one that has
    /// nothing.
    private static int promise(FileEdge edge, ObservedFiles seen) {
        return switch (seen.at(edge.source(), edge.name()).orElse(new Sight.Absent())) {
            case Sight.Present(StoredFile file) ->
                file.sha256().orElse(edge.sha256()).equals(edge.sha256()) ? 3 : 2;
            case Sight.Unseen unseen -> 1;
            case Sight.Absent() -> 0;
        };
    }
}
