// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import java.util.Locale;

/// The kinds of stores.
public enum Scheme {
    /// Google Cloud Storage.
    GS,
    /// Amazon S3, or whatever speaks like it.
    S3,
    /// A folder.
    FILE,
    /// A registry, where each file is an artifact. A destination only.
    OCI,
    /// Releases on GitHub. Only `kpromo gh` reads from there; no manifest names it.
    GITHUB;

    /// Whether manifests and flags may name a base of this kind.
    boolean isNamed() {
        return this != GITHUB;
    }

    /// Whether stores of this kind record the SHA-512 of files of any size, and so ask for it ([Incoming#sha512]).
    public boolean recordsSha512() {
        return this == OCI;
    }

    /// As it begins a base: `gs://`.
    public String prefix() {
        return name().toLowerCase(Locale.ROOT) + "://";
    }
}
