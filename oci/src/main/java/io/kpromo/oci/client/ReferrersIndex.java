// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.oci.client;

import io.kpromo.oci.Descriptor;
import io.kpromo.oci.Digest;
import io.kpromo.oci.ImageReference;
import io.kpromo.oci.Manifest;
import io.kpromo.oci.ManifestWriter;
import io.kpromo.oci.OciException;
import io.kpromo.oci.RawManifest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The list under a referrers tag, with entries added. Distribution-spec 1.1, "Referrers tag schema".
///
/// What others wrote stays as it is, whether we know its fields or not.
record ReferrersIndex(Manifests manifests, ImageReference tag, List<Descriptor> added) implements SharedTags.Addition {
    @Override
    public Optional<RawManifest> to(Optional<RawManifest> now) {
        Set<Digest> known = new HashSet<>();
        now.ifPresent(there -> entries(there).forEach(entry -> known.add(entry.digest())));
        List<Descriptor> missing =
                added.stream().filter(entry -> known.add(entry.digest())).toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        RawManifest next = now.map(there -> ManifestWriter.append(there, "manifests", missing))
                .orElseGet(() -> ManifestWriter.index(missing));
        if (next.bytes().length > Manifest.LARGEST) {
            throw new OciException("add to " + tag + ": the list of referrers would become larger than "
                    + Manifest.LARGEST + " bytes, which registries need not take; remove some first");
        }
        return Optional.of(next);
    }

    @Override
    public void write(RawManifest next) throws InterruptedException {
        manifests.put(tag, next);
    }

    /// Distribution-spec 1.1: where the tag holds no valid index, the client must report a failure and stop.
    private List<Descriptor> entries(RawManifest now) {
        if (!(Manifest.parse(now) instanceof Manifest.Index index)) {
            throw notAnIndex(tag, now);
        }
        return index.manifests();
    }

    static OciException notAnIndex(ImageReference tag, RawManifest now) {
        return new OciException("read " + tag + ": this tag is where a registry without the referrers API lists "
                + "what refers to an image, and it holds " + now + ", no index; move that tag away");
    }
}
