// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.store;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Reference;
import io.kpromo.oci.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// What one repository holds: blobs, manifests, tags, and who refers to whom. Nothing is kept in memory: the folder is
/// the truth.
public final class RepositoryFolder {
    private final Disk disk;
    private final Contents contents;
    private final Path folder;
    private final String path;
    private final ReentrantLock changes;

    /// @param changes held while manifests are added and removed, so that no tag outlives its manifest
    RepositoryFolder(Disk disk, Contents contents, String path, ReentrantLock changes) {
        this.disk = disk;
        this.contents = contents;
        this.path = path;
        this.folder = disk.root().resolve(RegistryFolder.REPOSITORIES).resolve(path);
        this.changes = changes;
    }

    /// The repository's name, for example `kube/pause`.
    public String path() {
        return path;
    }

    /// Whether a manifest was ever pushed to it.
    public boolean exists() {
        return Files.isDirectory(folder.resolve(RegistryFolder.MANIFESTS), LinkOption.NOFOLLOW_LINKS);
    }

    /// The size of a blob that this repository holds.
    public Optional<Long> blob(Digest digest) throws IOException {
        return disk.exists(blobFile(digest)) ? contents.size(digest) : Optional.empty();
    }

    /// Says that this repository holds a blob whose bytes are there.
    public void addBlob(Digest digest) throws IOException {
        disk.mark(blobFile(digest));
    }

    public boolean deleteBlob(Digest digest) throws IOException {
        return disk.delete(blobFile(digest));
    }

    /// Digests of all blobs, in no order.
    public List<Digest> blobs() throws IOException {
        return digests(folder.resolve(RegistryFolder.BLOBS));
    }

    public Optional<StoredManifest> manifest(Reference reference) throws IOException {
        return switch (reference) {
            case Digest digest -> manifest(digest);
            case Tag tag -> {
                Optional<Digest> digest = tag(tag);
                yield digest.isPresent() ? manifest(digest.get()) : Optional.empty();
            }
        };
    }

    private Optional<StoredManifest> manifest(Digest digest) throws IOException {
        Path file = manifestFile(digest);
        Optional<String> text = disk.readText(file);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] words = text.get().split(" ", 2);
        return Optional.of(new StoredManifest(
                digest,
                words[1],
                Long.parseLong(words[0]),
                Files.getLastModifiedTime(file).toInstant()));
    }

    /// What a tag points to, whether the manifest is there or not.
    public Optional<Digest> tag(Tag tag) throws IOException {
        return disk.readText(tagFile(tag)).map(Digest::parse);
    }

    /// In the order of their characters.
    public List<String> tags() throws IOException {
        return disk.list(folder.resolve(RegistryFolder.TAGS)).stream().sorted().toList();
    }

    /// Digests of all manifests, in no order.
    public List<Digest> manifests() throws IOException {
        return digests(folder.resolve(RegistryFolder.MANIFESTS));
    }

    /// Digests of the manifests that have this one as their subject, sorted; it need not be here itself.
    public List<Digest> referrers(Digest subject) throws IOException {
        return digests(referrersFolder(subject)).stream().sorted().toList();
    }

    /// Adds a manifest, and points tags to it.
    ///
    /// @param raw under the digest that it was pushed by
    /// @throws MissingContentException when something that it points to is not here
    public void put(RawManifest raw, Manifest manifest, List<Tag> tags) throws IOException {
        changes.lock();
        try {
            List<Descriptor> missing = missing(manifest);
            if (!missing.isEmpty()) {
                throw new MissingContentException(missing);
            }
            putUnchecked(raw, manifest, tags);
        } finally {
            changes.unlock();
        }
    }

    /// The same, whether what it points to is here or not.
    public void putUnchecked(RawManifest raw, Manifest manifest, List<Tag> tags) throws IOException {
        changes.lock();
        try {
            contents.add(raw.digest().algorithm(), raw.bytes());
            disk.write(manifestFile(raw.digest()), imageSize(manifest) + " " + raw.mediaType());
            Optional<Descriptor> subject = Subjects.of(manifest);
            if (subject.isPresent()) {
                disk.mark(referrersFolder(subject.get().digest()).resolve(name(raw.digest())));
            }
            for (Tag tag : tags) {
                disk.write(tagFile(tag), raw.digest().toString());
            }
        } finally {
            changes.unlock();
        }
    }

    public boolean deleteTag(Tag tag) throws IOException {
        changes.lock();
        try {
            return disk.delete(tagFile(tag));
        } finally {
            changes.unlock();
        }
    }

    /// Removes a manifest and, before it, every tag that points to it.
    public boolean deleteManifest(Digest digest) throws IOException {
        changes.lock();
        try {
            if (!disk.exists(manifestFile(digest))) {
                return false;
            }
            for (String tag : tags()) {
                if (tag(new Tag(tag)).filter(digest::equals).isPresent()) {
                    disk.delete(tagFile(new Tag(tag)));
                }
            }
            Optional<Descriptor> subject = subject(digest);
            if (subject.isPresent()) {
                disk.delete(referrersFolder(subject.get().digest()).resolve(name(digest)));
            }
            return disk.delete(manifestFile(digest));
        } finally {
            changes.unlock();
        }
    }

    /// Tags by the digest that they point to.
    public Map<Digest, List<String>> tagsByDigest() throws IOException {
        Map<Digest, List<String>> all = new TreeMap<>();
        for (String tag : tags()) {
            Optional<Digest> digest = tag(new Tag(tag));
            if (digest.isPresent()) {
                all.computeIfAbsent(digest.get(), _ -> new ArrayList<>()).add(tag);
            }
        }
        return all;
    }

    private Optional<Descriptor> subject(Digest digest) throws IOException {
        Optional<StoredManifest> stored = manifest(digest);
        return stored.isEmpty()
                ? Optional.empty()
                : Subjects.of(Manifest.parse(new RawManifest(stored.get().mediaType(), digest, contents.read(digest))));
    }

    private List<Descriptor> missing(Manifest manifest) throws IOException {
        List<Descriptor> missing = new ArrayList<>();
        for (Descriptor blob : manifest.blobs()) {
            if (!disk.exists(blobFile(blob.digest()))) {
                missing.add(blob);
            }
        }
        for (Descriptor child : manifest.manifests()) {
            if (!disk.exists(manifestFile(child.digest()))) {
                missing.add(child);
            }
        }
        return missing;
    }

    private static long imageSize(Manifest manifest) {
        long size = 0;
        for (Descriptor blob : manifest.blobs()) {
            size += Math.max(0, blob.size());
        }
        return size;
    }

    private List<Digest> digests(Path in) throws IOException {
        List<Digest> digests = new ArrayList<>();
        for (String name : disk.list(in)) {
            digests.add(Digest.parse(name.replace('-', ':')));
        }
        return digests;
    }

    private Path blobFile(Digest digest) {
        return folder.resolve(RegistryFolder.BLOBS).resolve(name(digest));
    }

    private Path manifestFile(Digest digest) {
        return folder.resolve(RegistryFolder.MANIFESTS).resolve(name(digest));
    }

    private Path tagFile(Tag tag) {
        return folder.resolve(RegistryFolder.TAGS).resolve(tag.text());
    }

    private Path referrersFolder(Digest subject) {
        return folder.resolve(RegistryFolder.REFERRERS).resolve(name(subject));
    }

    private static String name(Digest digest) {
        return digest.toString().replace(':', '-');
    }
}
