// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Files in registries, each an artifact that can be signed, attested and fetched by its digest. Start at
/// [ArtifactStores].
@NullMarked
package io.kpromo.files.store.artifact;

import org.jspecify.annotations.NullMarked;
