// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests.
@NullMarked
package io.kpromo.files.plan;

import org.jspecify.annotations.NullMarked;
