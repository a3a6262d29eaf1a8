// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import io.kpromo.files.store.Base;
import io.kpromo.files.store.Scheme;
import io.kpromo.yaml.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sees that no two manifests, and no two bases, want what can't be in one place.
final class Collisions {
    private final Problems problems;
    private final Map<String, WantedFile> wanted = new HashMap<>();
    private final Map<String, WantedFile> inFolders = new LinkedHashMap<>();
    private final Map<Base, Filestore> written = new HashMap<>();

    private Collisions(Problems problems) {
        this.problems = problems;
    }

    static void check(List<FileManifest> manifests, Problems problems) {
        Collisions collisions = new Collisions(problems);
        for (FileManifest manifest : manifests) {
            for (Filestore store : manifest.destinations()) {
                collisions.checkRights(store);
                manifest.files().forEach(file -> collisions.checkContent(store, file));
            }
        }
        collisions.checkFolders();
    }

    /// A place is opened once, so who names it without rights must not get those of another manifest.
    private void checkRights(Filestore store) {
        Filestore first = written.putIfAbsent(store.base(), store);
        if (first == null) {
            return;
        }
        boolean same = first.serviceAccount().equals(store.serviceAccount())
                && first.profile().equals(store.profile());
        if (!same) {
            problems.add(
                    store.place(),
                    store.base() + " has another service-account or profile at " + first.place() + "; name the same");
        }
    }

    private void checkContent(Filestore store, WantedFile file) {
        String url = store.base().url(file.name());
        WantedFile first = wanted.putIfAbsent(url, file);
        if (first != null && !first.sha256().equals(file.sha256())) {
            problems.add(file.place(), url + " is wanted with another sha256 at " + first.place() + "; remove one");
        }
        if (store.base().scheme() == Scheme.FILE) {
            inFolders.put(url, file);
        }
    }

    /// One base may lie below another, where that has a file.
    private void checkFolders() {
        inFolders.forEach((url, file) -> {
            int start = Scheme.FILE.prefix().length() + 1;
            for (int slash = url.indexOf('/', start); slash > 0; slash = url.indexOf('/', slash + 1)) {
                WantedFile above = inFolders.get(url.substring(0, slash));
                if (above != null) {
                    problems.add(
                            file.place(),
                            url + " needs a folder where " + above.place() + " wants a file; change a name or a base");
                }
            }
        });
    }
}
