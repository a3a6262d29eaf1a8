// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.snapshot;

import io.kpromo.images.manifest.RegistryName;
import io.kpromo.images.run.Inventory;
import io.kpromo.images.run.InventoryReader;
import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.MediaTypes;
import io.kpromo.oci.RawManifest;
import io.kpromo.oci.Repository;
import io.kpromo.oci.client.Registries;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a [Snapshot] of what a registry holds.
public final class SnapshotReader {
    private final Registries registries;
    private final boolean children;

    /// @param children whether indexes are read too, for what they point to: one request each. Only
    ///     [Snapshot#minimal] needs to know
    public SnapshotReader(Registries registries, boolean children) {
        this.registries = registries;
        this.children = children;
    }

    /// Everything at or below a registry path.
    ///
    /// @throws io.kpromo.oci.OciException when some of it can't be read
    public Snapshot read(RegistryName registry) throws InterruptedException {
        Inventory inventory = new InventoryReader(registries).read(registry);
        SnapshotBuilder snapshot = new SnapshotBuilder();
        for (Map.Entry<Repository, Map<Digest, Inventory.Held>> found :
                inventory.repositories().entrySet()) {
            Repository repository = found.getKey();
            String name = name(repository, registry);
            for (Map.Entry<Digest, Inventory.Held> held : found.getValue().entrySet()) {
                snapshot.tags(name, held.getKey(), List.copyOf(held.getValue().tags()));
                if (children && MediaTypes.isIndex(held.getValue().mediaType())) {
                    children(repository, name, held.getKey(), snapshot);
                }
            }
        }
        return snapshot.build();
    }

    private void children(Repository repository, String name, Digest index, SnapshotBuilder snapshot)
            throws InterruptedException {
        Optional<RawManifest> raw = registries.manifests().get(repository.at(index));
        if (raw.isPresent()) {
            for (Descriptor child : Manifest.parse(raw.get()).manifests()) {
                snapshot.child(name, child.digest());
            }
        }
    }

    /// A path that names one repository gives that one, under its last component.
    private static String name(Repository repository, RegistryName registry) {
        String path = repository.path();
        int skipped = registry.path().isEmpty() ? 0 : registry.path().length() + 1;
        return skipped <= path.length() ? path.substring(skipped) : path.substring(path.lastIndexOf('/') + 1);
    }
}
