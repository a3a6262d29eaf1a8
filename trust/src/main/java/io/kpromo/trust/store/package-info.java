// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Where registries keep signatures and attestations, in all forms of cosign. Start at [Attachments].
@NullMarked
package io.kpromo.trust.store;

import org.jspecify.annotations.NullMarked;
