// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.FileName;
import io.kpromo.files.plan.FileDecision.Copy;
import io.kpromo.files.plan.FileDecision.UpToDate;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.plan.FilePlan;
import io.kpromo.files.run.FileListener.Phase;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Stores;
import io.kpromo.oci.Digest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.concurrent.Crew;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Carries a plan out. What fails fails alone.
final class FileExecution {
    /// What is read once, whatever the number of its destinations.
    private record Content(Base source, FileName name, Digest sha256) {}

    /// What has the same content under the same name, wherever it lies.
    private record Known(FileName name, Digest sha256) {}

    private final FileWorkshop shop;
    private final FileOptions options;
    private final FileListener listener;
    private final Map<FileEdge, Optional<OciException>> results = new ConcurrentHashMap<>();

    FileExecution(Stores stores, FileOptions options, FileListener listener) {
        this.shop = FileWorkshop.of(stores, options, listener);
        this.options = options;
        this.listener = listener;
    }

    /// What has been tried until now, and how it ended.
    Map<FileEdge, Optional<OciException>> results() {
        return results;
    }

    void run(FilePlan plan) throws InterruptedException {
        listener.begin(Phase.EXECUTE, plan.count(Copy.class));
        Map<Content, List<Copy>> contents = new LinkedHashMap<>();
        plan.all(Copy.class)
                .forEach(copy -> contents.computeIfAbsent(
                                new Content(
                                        copy.edge().source(),
                                        copy.edge().name(),
                                        copy.edge().sha256()),
                                content -> new ArrayList<>())
                        .add(copy));
        Map<Known, List<UpToDate>> there = there(plan);
        Turn.Places places = new Turn.Places(options.threads());
        try (Crew crew = new Crew("files")) {
            for (Map.Entry<Content, List<Copy>> entry : contents.entrySet()) {
                Content content = entry.getKey();
                Known known = new Known(content.name, content.sha256);
                FileTransfer transfer =
                        new FileTransfer(shop, entry.getValue(), there.getOrDefault(known, List.of()), this::ended);
                Turn turn = places.begin();
                crew.start(() -> transfer.run(turn));
            }
            crew.join();
        }
    }

    /// What destinations hold already, with its sum on record: it can be copied on without being read.
    private static Map<Known, List<UpToDate>> there(FilePlan plan) {
        Map<Known, List<UpToDate>> there = new HashMap<>();
        plan.all(UpToDate.class)
                .filter(file -> file.seen().sha256().isPresent())
                .forEach(file -> there.computeIfAbsent(
                                new Known(file.edge().name(), file.edge().sha256()), known -> new ArrayList<>())
                        .add(file));
        return there;
    }

    private void ended(FileEdge edge, Optional<OciException> failure) {
        results.put(edge, failure);
        listener.finished(edge, failure);
        listener.advance(Phase.EXECUTE, 1);
    }
}
