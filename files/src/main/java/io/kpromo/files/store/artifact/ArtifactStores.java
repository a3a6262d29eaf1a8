// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.artifact;

import io.kpromo.files.store.Base;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.client.Registries;
import io.kpromo.oci.copy.Artifacts;
import io.kpromo.oci.copy.BlobIndex;
import io.kpromo.oci.copy.CopyOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Opens `oci://` stores that share what they learn of registries.
public final class ArtifactStores {
    /// Files up to this many bytes are in memory anyway, so a host that takes them with one request may have them
    /// so.
    private static final long SMALL = 8L << 20;

    private final Registries registries;
    private final Artifacts artifacts;
    /// Bases may overlap, and a registry knows no condition for writing a tag.
    private final Map<ImageReference, String> owners = new ConcurrentHashMap<>();

    public ArtifactStores(Registries registries) {
        this.registries = registries;
        this.artifacts = new Artifacts(
                registries, new BlobIndex(), CopyOptions.standard().withSmall(SMALL));
    }

    /// @param base of `oci://`
    /// @throws io.kpromo.oci.InvalidNameException when its registry is no host
    public ArtifactStore open(Base base) {
        return new ArtifactStore(base, registries, artifacts, owners);
    }
}
