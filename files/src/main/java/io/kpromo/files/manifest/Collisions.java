// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import io.kpromo.yaml.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sees that no two manifests want different contents in one place.
final class Collisions {
    private Collisions() {}

    static void check(List<FileManifest> manifests, Problems problems) {
        Map<String, WantedFile> wanted = new HashMap<>();
        for (FileManifest manifest : manifests) {
            for (Filestore store : manifest.destinations()) {
                for (WantedFile file : manifest.files()) {
                    String url = store.base().url(file.name());
                    WantedFile first = wanted.putIfAbsent(url, file);
                    if (first != null && !first.sha256().equals(file.sha256())) {
                        problems.add(
                                file.place(),
                                url + " is wanted with another sha256 at " + first.place() + "; remove one");
                    }
                }
            }
        }
    }
}
