// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Manifests;
import io.kpromo.oci.concurrent.Crew;
import io.kpromo.oci.concurrent.InFlight;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The manifests of sources, each fetched once however many ask for it, until it is let go.
public final class SourceTrees {
    /// Indexes of indexes of indexes… deeper is an attack or a mistake.
    private static final int DEEPEST = 8;
    /// Manifests of one content; the largest public index has fewer than a hundred.
    private static final int MOST = 10_000;

    private record Key(Repository source, Digest digest) {}

    private final Manifests manifests;
    private final InFlight<Key, Optional<RawManifest>> fetched = InFlight.keeping();
    private final InFlight<Key, ContentTree> trees = InFlight.keeping();

    public SourceTrees(Manifests manifests) {
        this.manifests = manifests;
    }

    /// One manifest; empty where the source doesn't have it. One request the first time, none after.
    public Optional<RawManifest> manifest(Repository source, Digest digest) throws InterruptedException {
        return fetched.once(new Key(source, digest), () -> manifests.get(source.at(digest)));
    }

    /// The same, where it was fetched and is still kept. Asks nobody.
    public Optional<RawManifest> fetched(Repository source, Digest digest) {
        return fetched.kept(new Key(source, digest)).flatMap(found -> found);
    }

    /// A manifest and all below it. One request for each manifest that wasn't fetched before.
    ///
    /// @throws OciException when one of them is missing or is no manifest
    public ContentTree tree(Repository source, Digest root) throws InterruptedException {
        return trees.once(new Key(source, root), () -> new Walk(source).tree(root, Optional.empty(), 0));
    }

    /// Forgets a content, so that long runs don't hold all manifests there are.
    void letGo(Repository source, ContentTree tree) {
        trees.forget(new Key(source, tree.raw().digest()));
        fetched.forget(new Key(source, tree.raw().digest()));
        tree.children().forEach(child -> letGo(source, child));
    }

    private final class Walk {
        private final Repository source;
        private final AtomicInteger count = new AtomicInteger();

        Walk(Repository source) {
            this.source = source;
        }

        /// @param index that points to it
        ContentTree tree(Digest digest, Optional<Digest> index, int depth) throws InterruptedException {
            if (depth > DEEPEST || count.incrementAndGet() > MOST) {
                throw new OciException("copy " + source.at(digest) + ": its indexes nest deeper than " + DEEPEST
                        + " or hold more than " + MOST + " manifests");
            }
            RawManifest raw = manifest(source, digest)
                    .orElseThrow(() -> new OciException("copy " + source.at(digest)
                            + ": the source does not have this manifest"
                            + index.map(parent -> ", though its index " + parent + " points to it")
                                    .orElse("")));
            Manifest manifest = Manifest.parse(raw);
            return new ContentTree(raw, manifest, children(digest, manifest, depth));
        }

        private List<ContentTree> children(Digest index, Manifest manifest, int depth) throws InterruptedException {
            List<Digest> digests = manifest.manifests().stream()
                    .map(Descriptor::digest)
                    .distinct()
                    .toList();
            ContentTree[] found = new ContentTree[digests.size()];
            try (Crew crew = new Crew("children")) {
                for (int i = 0; i < found.length; i++) {
                    int n = i;
                    crew.start(() -> found[n] = tree(digests.get(n), Optional.of(index), depth + 1));
                }
                crew.join();
            }
            return List.of(found);
        }
    }
}
