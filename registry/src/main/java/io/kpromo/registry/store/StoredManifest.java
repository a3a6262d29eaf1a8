// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.registry.store;

import io.kpromo.oci.Digest;
import java.time.Instant;

/// A manifest that a repository holds.
///
/// @param mediaType as it was pushed
/// @param imageSize the sum of what it points to, in bytes
/// @param pushed when it came
public record StoredManifest(Digest digest, String mediaType, long imageSize, Instant pushed) {}
