// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

/// The least step that is worth telling, for [Scheme#SEMVER] only.
public enum Sensitivity {
    PATCH,
    MINOR,
    MAJOR
}
