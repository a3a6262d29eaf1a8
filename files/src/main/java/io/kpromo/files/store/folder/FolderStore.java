// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.folder;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.concurrent.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The files below a folder. A file appears with its whole content or not at all: it is written beside its place,
/// brought to the disk, and then given its name.
///
/// Links are followed as long as they stay below the folder. The sum of what was written is recorded in an extended
/// attribute, where the file system has them, together with size and time of change; so it is believed only until
/// somebody changes the file, and a rerun needs not read it.
public final class FolderStore implements Store {
    /// Files that are asked for at the same time; more are no quicker.
    private static final int AT_ONCE = 4;

    private final Base base;
    private final Places places;
    private final Drafts drafts = new Drafts();
    private final boolean source;

    private FolderStore(Base base, boolean source) {
        this.base = base;
        this.source = source;
        this.places = new Places(base);
    }

    /// A folder that files go to; it may not exist yet.
    public static FolderStore destination(Base base) {
        return new FolderStore(base, false);
    }

    /// A folder that files come from. Where there is none, nobody wants to hear that each of its files is missing:
    /// looking for any is an error.
    public static FolderStore source(Base base) {
        return new FolderStore(base, true);
    }

    @Override
    public Base base() {
        return base;
    }

    @Override
    public Map<FileName, StoredFile> look(Collection<FileName> names) throws InterruptedException {
        if (source && !places.exist()) {
            throw new StoreException("look for files in " + base + ": there is no such folder");
        }
        Map<FileName, StoredFile> found = new ConcurrentHashMap<>();
        Workers.each(names, AT_ONCE, name -> inspect(name).ifPresent(file -> found.put(name, file)));
        return found;
    }

    /// As closely as [#look] does: a file says all it knows at once.
    @Override
    public Optional<StoredFile> inspect(FileName name) {
        try {
            Optional<Path> real = places.existing(name);
            return real.isPresent() ? Snapshot.of(real.get()).map(Snapshot::file) : Optional.empty();
        } catch (IOException e) {
            throw failed("look for", name, e);
        }
    }

    @Override
    public void read(FileName name, StoredFile seen, BlobIntake into) throws InterruptedException {
        try {
            Path real = places.existing(name).orElseThrow(() -> gone(name));
            unchanged(name, real, seen);
            try (InputStream in = Files.newInputStream(real)) {
                in.skipNBytes(into.offset());
                into.take(in);
            } catch (IOException e) {
                // What is wrong with it may be that it is another file by now, which says more.
                unchanged(name, real, seen);
                throw e;
            }
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        } catch (IOException e) {
            throw failed("read", name, e);
        }
    }

    private void unchanged(FileName name, Path real, StoredFile seen) throws IOException {
        String now = Snapshot.of(real).orElseThrow(() -> gone(name)).file().version();
        if (!now.equals(seen.version())) {
            throw new StoreException("read " + base.url(name) + ": it was changed meanwhile; run again");
        }
    }

    private StoreException gone(FileName name) {
        return new StoreException("read " + base.url(name) + ": it was there a moment ago and is gone; run again");
    }

    @Override
    public void write(FileName name, Incoming file, Optional<StoredFile> replaced) throws InterruptedException {
        try {
            Path place = places.forWriting(name);
            try (Draft draft = drafts.begin(place)) {
                draft.fill(file);
                if (replaced.isPresent()) {
                    unreplaced(name, place, replaced.get());
                    draft.replace(place);
                } else if (!draft.place(place)) {
                    compare(name, place, file);
                }
            }
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            throw interrupted(e);
        } catch (IOException e) {
            throw failed("write", name, e);
        }
    }

    private void unreplaced(FileName name, Path place, StoredFile replaced) throws IOException {
        String now = Snapshot.of(place).map(found -> found.file().version()).orElse("");
        if (!now.isEmpty() && !now.equals(replaced.version())) {
            throw changedMeanwhile(name);
        }
    }

    /// Somebody else was first; right if it is the same.
    private void compare(FileName name, Path place, Incoming file) throws IOException {
        if (Files.isSymbolicLink(place) && !Files.exists(place)) {
            throw new StoreException(
                    "write " + base.url(name) + ": a link that leads to nothing has its name; remove " + place);
        }
        if (!Snapshot.hash(place).equals(file.sha256())) {
            throw changedMeanwhile(name);
        }
    }

    private StoreException changedMeanwhile(FileName name) {
        return new StoreException("write " + base.url(name) + ": somebody else wrote it meanwhile; run again");
    }

    private static InterruptedException interrupted(IOException cause) {
        Thread.interrupted();
        InterruptedException told = new InterruptedException("interrupted");
        told.initCause(cause);
        return told;
    }

    private StoreException failed(String verb, FileName name, IOException e) {
        return new StoreException(verb + " " + base.url(name) + ": " + Reasons.of(e), e);
    }
}
