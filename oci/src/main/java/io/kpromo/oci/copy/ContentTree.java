// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.copy;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.RawManifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A manifest with all that it points to, down to the blobs.
///
/// @param raw its bytes
/// @param manifest what they say
/// @param children the manifests it points to, in order
public record ContentTree(RawManifest raw, Manifest manifest, List<ContentTree> children) {
    public ContentTree {
        children = List.copyOf(children);
    }

    /// Every distinct blob of the tree, in the order of the walk.
    public List<Descriptor> blobs() {
        Map<Digest, Descriptor> all = new LinkedHashMap<>();
        collect(all);
        return List.copyOf(all.values());
    }

    /// The bytes of all distinct blobs; those of unknown size count as none.
    public long size() {
        return blobs().stream().mapToLong(blob -> Math.max(0, blob.size())).sum();
    }

    private void collect(Map<Digest, Descriptor> all) {
        manifest.blobs().forEach(blob -> all.putIfAbsent(blob.digest(), blob));
        children.forEach(child -> child.collect(all));
    }
}
