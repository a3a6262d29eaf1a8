// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.hash;

import io.kpromo.files.FileName;
import io.kpromo.oci.Digest;

/// A file of a folder.
///
/// @param name below the folder
/// @param size bytes
/// @param sha256 of its content
public record FileHash(FileName name, long size, Digest sha256) {}
