// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Whether images are known to be vulnerable. Start at [VulnerabilityCheck]; who knows is a [Scanner].
@NullMarked
package io.kpromo.images.scan;

import org.jspecify.annotations.NullMarked;
