// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry;

/// What registries may leave out, or do beyond the specification.
public enum Feature {
    /// Mounts a blob from another repository; without it, an upload is opened instead.
    MOUNTS,
    /// Mounts from wherever the blob is when the request does not say from where.
    MOUNTS_FROM_ANYWHERE,
    /// The referrers API; without it, clients keep a list under a tag.
    REFERRERS_API,
    /// Takes a whole blob in one `POST`; without it, an upload is opened and the body ignored.
    SINGLE_POST,
    /// Takes a blob in pieces by `PATCH`; without it, 405.
    CHUNKS,
    /// Gives parts of blobs; without it, `Range` is ignored.
    RANGES,
    /// Refuses a manifest before all that it points to is there; without it, takes it, as some registries do.
    CONTENT_CHECKS,
    /// Lists all repositories; without it, 404.
    CATALOGUE,
    /// Deletes what it is told to delete; without it, 405.
    DELETES,
    /// Lists manifests and child repositories with the tags, as gcr.io and pkg.dev do.
    GOOGLE_LISTING
}
