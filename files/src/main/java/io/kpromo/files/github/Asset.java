// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.github;

import io.kpromo.oci.Digest;
import java.net.URI;
import java.util.Optional;

/// A file of a release.
///
/// @param id by which GitHub knows it; a file that is uploaded anew has another
/// @param size bytes
/// @param sha256 as GitHub worked it out; it has none of files that were uploaded before June 2025
/// @param page where anybody downloads it, who may read the repository without signing in
public record Asset(String name, long id, long size, Optional<Digest> sha256, URI page) {}
