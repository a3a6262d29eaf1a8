// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.manifest;

import io.kpromo.files.FileName;
import io.kpromo.oci.Digest;
import io.kpromo.yaml.Place;

/// One entry of `files`.
///
/// @param sha256 of its content
/// @param place of its name
public record WantedFile(FileName name, Digest sha256, Place place) {}
