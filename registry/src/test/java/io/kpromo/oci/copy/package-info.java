// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests of copies between real registries, which count requests and fail when they are told to. Start at [CopyTest].
@NullMarked
package io.kpromo.oci.copy;

import org.jspecify.annotations.NullMarked;
