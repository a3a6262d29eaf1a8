// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.store;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.InvalidManifestException;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks a registry's folder to the last byte: every tag points to a manifest, every manifest's tree is in its own
/// repository, and all of it has the digest that it is called by. Layers that may not be distributed may be missing.
///
/// Takes no lock and changes nothing, so it can look while a registry runs, or after it was killed.
public final class Consistency {
    private final RegistryFolder folder;
    private final Map<Digest, Optional<String>> verdicts = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();

    private Consistency(RegistryFolder folder) {
        this.folder = folder;
    }

    /// @return a sentence for each thing that is wrong; none where all is well
    public static List<String> check(Path folder) throws IOException {
        Consistency check = new Consistency(RegistryFolder.look(folder));
        for (String path : check.folder.repositories()) {
            check.repository(check.folder.repository(path));
        }
        return List.copyOf(check.wrong);
    }

    private void repository(RepositoryFolder repository) throws IOException {
        Set<Digest> seen = new HashSet<>();
        for (Digest digest : repository.manifests()) {
            manifest(repository, digest, repository.path() + "@" + digest, seen);
        }
        for (String tag : repository.tags()) {
            String name = repository.path() + ":" + tag;
            Optional<Digest> digest = repository.tag(new Tag(tag));
            if (digest.isEmpty()) {
                wrong.add(name + " points to nothing");
            } else {
                manifest(repository, digest.get(), name, seen);
            }
        }
        for (Digest digest : repository.blobs()) {
            content(digest).ifPresent(what -> wrong.add(repository.path() + " holds blob " + digest + ", but " + what));
        }
    }

    private void manifest(RepositoryFolder repository, Digest digest, String name, Set<Digest> seen)
            throws IOException {
        Optional<StoredManifest> stored = repository.manifest(digest);
        if (stored.isEmpty()) {
            wrong.add(name + " needs manifest " + digest + ", which is not in " + repository.path());
            return;
        }
        if (!seen.add(digest)) {
            return;
        }
        Optional<String> verdict = content(digest);
        if (verdict.isPresent()) {
            wrong.add(name + " needs manifest " + digest + ", but " + verdict.get());
            return;
        }
        try {
            RawManifest raw = new RawManifest(
                    stored.get().mediaType(), digest, folder.contents().read(digest));
            tree(repository, Manifest.parse(raw), name, seen);
        } catch (InvalidManifestException e) {
            wrong.add(name + ": " + e.getMessage());
        }
    }

    private void tree(RepositoryFolder repository, Manifest manifest, String name, Set<Digest> seen)
            throws IOException {
        for (Descriptor child : manifest.manifests()) {
            manifest(repository, child.digest(), name, seen);
            size(child, name);
        }
        for (Descriptor blob : manifest.blobs()) {
            if (repository.blob(blob.digest()).isEmpty()) {
                wrong.add(name + " needs blob " + blob.digest() + ", which is not in " + repository.path());
            } else {
                content(blob.digest())
                        .ifPresent(what -> wrong.add(name + " needs blob " + blob.digest() + ", but " + what));
                size(blob, name);
            }
        }
    }

    private void size(Descriptor descriptor, String name) throws IOException {
        long actual = folder.contents().size(descriptor.digest()).orElse(descriptor.size());
        if (descriptor.size() >= 0 && actual != descriptor.size()) {
            wrong.add(name + " says that " + descriptor.digest() + " has " + descriptor.size() + " bytes; it has "
                    + actual);
        }
    }

    /// What is wrong with these bytes; each is read once.
    private Optional<String> content(Digest digest) throws IOException {
        Optional<String> known = verdicts.get(digest);
        if (known == null) {
            known = verdict(digest);
            verdicts.put(digest, known);
        }
        return known;
    }

    private Optional<String> verdict(Digest digest) throws IOException {
        if (folder.contents().size(digest).isEmpty()) {
            return Optional.of("its bytes are not there");
        }
        MessageDigest hasher = digest.algorithm().hasher();
        try (InputStream in = Files.newInputStream(folder.contents().file(digest))) {
            byte[] buffer = new byte[128 << 10];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hasher.update(buffer, 0, count);
            }
        }
        Digest actual = Digest.of(digest.algorithm(), hasher);
        return actual.equals(digest) ? Optional.empty() : Optional.of("its bytes are " + actual);
    }
}
