// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// What shall be, what is, and what follows. Start at [Plan#between].
///
/// [DesiredState] comes from manifests, [ObservedState] from registries; [Plan] is a pure function of both.
@NullMarked
package io.kpromo.images.plan;

import org.jspecify.annotations.NullMarked;
