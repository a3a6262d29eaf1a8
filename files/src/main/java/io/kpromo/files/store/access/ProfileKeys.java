// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.access;

import java.util.Optional;

/// Keys of a profile, and where they belong.
///
/// @param endpoint the profile's `endpoint_url` for S3, as it was written; without one they are Amazon's
public record ProfileKeys(AccessKeys keys, Optional<String> endpoint) {}
