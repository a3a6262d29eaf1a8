// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.plan;

import io.kpromo.files.manifest.FileManifest;
import io.kpromo.files.manifest.Filestore;
import io.kpromo.files.manifest.WantedFile;
import io.kpromo.files.store.Base;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
}
