// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store;

import io.kpromo.oci.Digest;
import java.util.Optional;

/// What a store says of a file without giving its bytes.
///
/// @param size bytes
/// @param sha256 as somebody recorded it beside the file: a claim of who wrote it
/// @param sums that the store itself computed over the content
/// @param version of the content as the store names it (a generation, an entity tag), so that what is read is
///     what was seen, and what is replaced too; empty where it has none
public record StoredFile(long size, Optional<Digest> sha256, Sums sums, String version) {}
