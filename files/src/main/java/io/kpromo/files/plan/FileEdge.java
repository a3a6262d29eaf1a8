// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.plan;

import io.kpromo.files.FileName;
import io.kpromo.files.store.Base;
import io.kpromo.files.store.Scheme;
import io.kpromo.oci.Digest;
import io.kpromo.yaml.Place;

/// One file that is wanted in one place.
///
/// @param place where a manifest asks for it, or whoever wants files of releases
public record FileEdge(Base source, Base destination, FileName name, Digest sha256, Place place) {
    /// Where it comes from: `gs://staging/linux/amd64/kubectl`.
    public String from() {
        return source.url(name);
    }

    /// Whether it is a file of a release, which no manifest asks for.
    public boolean isReleased() {
        return source.scheme() == Scheme.GITHUB;
    }

    /// Where it is wanted.
    public String to() {
        return destination.url(name);
    }
}
