// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Whether an image carries what its consumers require. Start at [Inspector].
@NullMarked
package io.kpromo.trust.inspect;

import org.jspecify.annotations.NullMarked;
