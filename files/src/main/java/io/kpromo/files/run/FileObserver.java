// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.run;

import io.kpromo.files.FileName;
import io.kpromo.files.plan.DesiredFiles;
import io.kpromo.files.plan.FileEdge;
import io.kpromo.files.plan.Likeness;
import io.kpromo.files.plan.ObservedFiles;
import io.kpromo.files.plan.Sight;
import io.kpromo.files.run.FileListener.Phase;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoredFile;
import io.kpromo.files.store.Stores;
import io.kpromo.oci.OciException;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.concurrent.Workers;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Looks at as little as deciding takes: at all destinations; at the source only for what is not known to be
/// right by then; into a file only where nothing else tells what it holds.
final class FileObserver {
    private final Stores stores;
    private final FileOptions options;
    private final FileListener listener;
    private final ObservedFiles seen = new ObservedFiles();

    FileObserver(Stores stores, FileOptions options, FileListener listener) {
        this.stores = stores;
        this.options = options;
        this.listener = listener;
    }

    ObservedFiles observe(DesiredFiles desired) throws InterruptedException {
        Map<Base, Set<FileName>> destinations = names(desired.edges(), FileEdge::destination);
        listener.begin(Phase.OBSERVE, count(destinations));
        look(destinations, stores::destination);
        List<FileEdge> open =
                desired.edges().stream().filter(edge -> !isRecorded(edge)).toList();
        Map<Base, Set<FileName>> sources = names(open, FileEdge::source);
        listener.more(Phase.OBSERVE, count(sources));
        look(sources, stores::source);
        List<FileEdge> unproven = open.stream().filter(this::isUnproven).toList();
        List<FileEdge> doubtful = new DesiredFiles(unproven)
                .chosen(seen).stream().filter(this::isDoubtful).toList();
        listener.more(Phase.OBSERVE, doubtful.size());
        Workers.each(doubtful, options.threads(), this::lookClosely);
        return seen;
    }

    private static Map<Base, Set<FileName>> names(List<FileEdge> edges, Function<FileEdge, Base> side) {
        Map<Base, Set<FileName>> names = new LinkedHashMap<>();
        for (FileEdge edge : edges) {
            names.computeIfAbsent(side.apply(edge), base -> new LinkedHashSet<>())
                    .add(edge.name());
        }
        return names;
    }

    private static long count(Map<Base, Set<FileName>> names) {
        return names.values().stream().mapToLong(Set::size).sum();
    }

    /// All stores at once: each has its own limits.
    private void look(Map<Base, Set<FileName>> names, Function<Base, Store> store) throws InterruptedException {
        try (Crew crew = new Crew("look")) {
            names.forEach((base, all) -> crew.start(() -> look(store.apply(base), all)));
            crew.join();
        }
    }

    private void look(Store store, Set<FileName> names) throws InterruptedException {
        try {
            Map<FileName, StoredFile> found = store.look(names);
            for (FileName name : names) {
                StoredFile file = found.get(name);
                seen.saw(store.base(), name, file == null ? new Sight.Absent() : new Sight.Present(file));
            }
        } catch (OciException e) {
            Sight unseen = new Sight.Unseen(String.valueOf(e.getMessage()));
            names.forEach(name -> seen.saw(store.base(), name, unseen));
        }
        listener.advance(Phase.OBSERVE, names.size());
    }

    /// Whether the sum that was recorded with it decides: right, or wrong and not to be replaced.
    private boolean isRecorded(FileEdge edge) {
        Optional<StoredFile> there = seen.file(edge.destination(), edge.name());
        return there.flatMap(StoredFile::sha256)
                .map(sum -> sum.equals(edge.sha256()) || !options.overwrite())
                .orElse(false);
    }

    /// Whether something is there that says itself nothing of its SHA-256.
    private boolean isUnproven(FileEdge edge) {
        Optional<StoredFile> there = seen.file(edge.destination(), edge.name());
        return there.isPresent() && there.get().sha256().isEmpty();
    }

    /// Whether the source does not prove it to be right, either, so far.
    private boolean isDoubtful(FileEdge edge) {
        return seen.file(edge.destination(), edge.name())
                .filter(there -> !(likeness(edge, there) instanceof Likeness.Same))
                .isPresent();
    }

    private Likeness likeness(FileEdge edge, StoredFile there) {
        return Likeness.of(edge.sha256(), there, seen.file(edge.source(), edge.name()));
    }

    /// Asks about the one file, and reads it where nothing else tells what it holds.
    private void lookClosely(FileEdge edge) throws InterruptedException {
        Store store = stores.destination(edge.destination());
        Sight sight;
        try {
            Optional<StoredFile> there = store.inspect(edge.name());
            if (there.isPresent() && likeness(edge, there.get()) instanceof Likeness.Unknown) {
                there = Optional.of(hashed(store, edge.name(), there.get()));
            }
            sight = there.isPresent() ? new Sight.Present(there.get()) : new Sight.Absent();
        } catch (OciException e) {
            sight = new Sight.Unseen(String.valueOf(e.getMessage()));
        }
        seen.saw(edge.destination(), edge.name(), sight);
        listener.advance(Phase.OBSERVE, 1);
    }

    private static StoredFile hashed(Store store, FileName name, StoredFile there) throws InterruptedException {
        Hashing hashing = new Hashing();
        store.read(name, there, hashing);
        return new StoredFile(there.size(), Optional.of(hashing.digest()), there.sums(), there.version());
    }
}
