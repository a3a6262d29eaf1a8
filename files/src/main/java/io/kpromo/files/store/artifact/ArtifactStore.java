// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.artifact;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Incoming;
import io.kpromo.files.store.Store;
import io.kpromo.files.store.StoreException;
import io.kpromo.files.store.StoredFile;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Host;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.InvalidNameException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.client.BlobIntake;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.concurrent.Workers;
import io.kpromo.oci.copy.Artifacts;
import io.kpromo.oci.copy.Artifacts.Blob;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Files as artifacts of a registry. Looking a file up is one request; writing it three on a registry that takes a
/// blob with one request, five on others, one less where the repository holds the empty configuration already.
///
/// The tag is written last, so whoever sees it gets all of the file. Registries know no condition for writing a
/// tag: who writes the same one at the same moment wins or loses unseen.
public final class ArtifactStore implements Store {
    /// Files that are looked up at the same time; a registry's own limits come on top.
    private static final int LOOKS = 64;

    private final Base base;
    private final Host host;
    private final Registries registries;
    private final Artifacts artifacts;
    private final Map<ImageReference, String> owners;
    private final Map<FileName, RawManifest> known = new ConcurrentHashMap<>();

    /// @param owners which file has an artifact, in whichever store of the run
    ArtifactStore(Base base, Registries registries, Artifacts artifacts, Map<ImageReference, String> owners) {
        this.base = base;
        this.host = new Host(base.bucket());
        this.registries = registries;
        this.artifacts = artifacts;
        this.owners = owners;
    }

    @Override
    public Base base() {
        return base;
    }

    /// Where a file lies in its registry.
    ///
    /// @throws StoreException when no repository can be called so, or another file of this run lies there
    public ImageReference reference(FileName name) {
        return place(name).reference();
    }

    /// The manifest of a file as it was seen or written last: what to sign. No request.
    public Optional<RawManifest> manifest(FileName name) {
        return Optional.ofNullable(known.get(name));
    }

    private Place place(FileName name) {
        Place place;
        try {
            place = Place.of(host, base.key(name));
        } catch (InvalidNameException e) {
            throw new StoreException(
                    "no repository for " + base.url(name) + ": " + e.getMessage()
                            + "; rename the file, or promote it to another kind of store",
                    e);
        }
        String url = base.url(name);
        String owner = owners.putIfAbsent(place.reference(), url);
        if (owner != null && !owner.equals(url)) {
            throw new StoreException(
                    "both " + owner + " and " + url + " would be " + place.reference() + "; rename one of them");
        }
        return place;
    }

    @Override
    public Map<FileName, StoredFile> look(Collection<FileName> names) throws InterruptedException {
        names.forEach(this::place);
        Map<FileName, StoredFile> found = new ConcurrentHashMap<>();
        Workers.each(names, LOOKS, name -> inspect(name).ifPresent(file -> found.put(name, file)));
        return found;
    }

    @Override
    public Optional<StoredFile> inspect(FileName name) throws InterruptedException {
        Optional<RawManifest> manifest = registries.manifests().get(reference(name));
        manifest.ifPresentOrElse(there -> known.put(name, there), () -> known.remove(name));
        return manifest.map(FileArtifact::file);
    }

    @Override
    public void read(FileName name, StoredFile seen, BlobIntake into) throws InterruptedException {
        Digest content = seen.sha256().orElseThrow(() -> new StoreException(base.url(name) + " is no file"));
        registries.blobs().read(place(name).repository(), content, into);
    }

    @Override
    public void write(FileName name, Incoming file, Optional<StoredFile> replaced) throws InterruptedException {
        Place place = place(name);
        List<Blob> blobs = List.of(Blob.EMPTY, new Blob(file.sha256(), file.size(), new IncomingContent(file)));
        artifacts.send(place.repository(), blobs);
        RawManifest manifest = FileArtifact.manifest(name, place, blobs.getLast(), file.sha512());
        artifacts.write(place.reference(), manifest, blobs);
        known.put(name, manifest);
    }
}
