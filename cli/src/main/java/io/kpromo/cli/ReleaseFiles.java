// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.cli;

import io.kpromo.cli.terminal.Log;
import io.kpromo.cli.terminal.Text;
import io.kpromo.files.FileName;
import io.kpromo.files.github.AssetSums;
import io.kpromo.files.github.GitHub;
import io.kpromo.files.github.Release;
import io.kpromo.files.github.ReleaseConfig;
import io.kpromo.files.github.ReleaseStore;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreException;
import io.kpromo.oci.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds out which files of releases are wanted, and where.
record ReleaseFiles(GitHub gitHub, ReleaseStores stores, int threads, Log log) {
    DesiredFiles of(List<ReleaseConfig> configs) throws InterruptedException {
        Map<String, FileEdge> edges = new LinkedHashMap<>();
        for (ReleaseConfig config : configs) {
            List<Release> releases = releases(config);
            ReleaseStore source = new ReleaseStore(gitHub, config.repository(), releases);
            log.info(gitHub.name() + "/" + config.repository() + ": " + Text.count(releases.size(), "release") + ", "
                    + Text.count(source.names().size(), "file"));
            List<Store> destinations = stores.open(source, config);
            for (Map.Entry<FileName, Digest> file : sums(source, destinations).entrySet()) {
                for (Store destination : destinations) {
                    FileEdge edge = new FileEdge(
                            source.base(), destination.base(), file.getKey(), file.getValue(), config.place());
                    add(edge, edges);
                }
            }
        }
        return new DesiredFiles(List.copyOf(edges.values()));
    }

    /// Two repositories may go to one folder, as long as no two files have one name there.
    private static void add(FileEdge edge, Map<String, FileEdge> edges) {
        FileEdge first = edges.putIfAbsent(edge.to(), edge);
        if (first != null && !first.sha256().equals(edge.sha256())) {
            throw new StoreException(edge.place() + ": both " + first.from() + " and " + edge.from() + " would be "
                    + edge.to() + ", with different content; give one of the repositories another releaseDir");
        }
    }

    private List<Release> releases(ReleaseConfig config) throws InterruptedException {
        if (config.tags().isEmpty()) {
            return gitHub.releases(config.repository(), config.prereleases());
        }
        List<Release> named = new ArrayList<>();
        for (String tag : config.tags()) {
            named.add(gitHub.release(config.repository(), tag));
        }
        return named;
    }

    private Map<FileName, Digest> sums(ReleaseStore source, List<Store> destinations) throws InterruptedException {
        AssetSums sums = new AssetSums(source, destinations, threads);
        if (sums.unknown() > 0) {
            log.info("GitHub has no digest of " + Text.count(sums.unknown(), "file") + " of " + source.base()
                    + "; where no copy is known they are read for it");
        }
        return sums.all();
    }
}
