// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Whether what lies in staging may be promoted. Start at [StagingCheck]: it looks up signatures and attestations,
/// verifies them, and holds them against the policies of the manifests.
@NullMarked
package io.kpromo.images.trust;

import org.jspecify.annotations.NullMarked;
