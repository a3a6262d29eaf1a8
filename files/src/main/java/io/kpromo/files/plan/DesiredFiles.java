// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.plan;

import io.kpromo.files.manifest.FileManifest;
import io.kpromo.files.manifest.Filestore;
import io.kpromo.files.manifest.WantedFile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that manifests want.
///
/// @param edges in the order of the manifests and their files; each place once
public record DesiredFiles(List<FileEdge> edges) {
    public DesiredFiles {
        edges = List.copyOf(edges);
    }

    public static DesiredFiles of(Collection<FileManifest> manifests) {
        Map<String, FileEdge> edges = new LinkedHashMap<>();
        for (FileManifest manifest : manifests) {
            for (WantedFile file : manifest.files()) {
                for (Filestore store : manifest.destinations()) {
                    FileEdge edge = new FileEdge(
                            manifest.source().base(), store.base(), file.name(), file.sha256(), file.place());
                    edges.putIfAbsent(edge.to(), edge);
                }
            }
        }
        return new DesiredFiles(List.copyOf(edges.values()));
    }
}
