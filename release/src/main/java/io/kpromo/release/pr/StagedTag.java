// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.oci.Digest;
import io.kpromo.oci.Tag;

/// A tag that an image carries in staging.
///
/// @param image its name below the staging registry
/// @param digest what the tag points to
public record StagedTag(String image, Digest digest, Tag tag) {}
