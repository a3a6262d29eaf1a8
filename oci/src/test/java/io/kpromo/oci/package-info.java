// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests of names, digests and manifests. Start at [ManifestReaderTest].
@NullMarked
package io.kpromo.oci;

import org.jspecify.annotations.NullMarked;
