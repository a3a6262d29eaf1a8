// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

/// How two versions of a dependency compare.
public enum Scheme {
    /// By SemVer 2.0.0.
    SEMVER,
    /// By their text.
    ALPHA,
    /// Not at all: what is different is newer.
    RANDOM
}
