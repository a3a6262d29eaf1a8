// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.plan;

/// Whether a repository holds a digest, as far as anybody asked.
public enum Presence {
    PRESENT,
    MISSING,
    /// Not asked: each question costs a request, and most decisions do without this one.
    UNKNOWN
}
