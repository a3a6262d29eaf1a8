// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Trees of thin manifests for measurements and tours. Start at [SampleTree].
@NullMarked
package io.kpromo.images.sample;

import org.jspecify.annotations.NullMarked;
