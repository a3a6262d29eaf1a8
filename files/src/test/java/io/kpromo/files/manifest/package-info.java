// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests.
@NullMarked
package io.kpromo.files.manifest;

import org.jspecify.annotations.NullMarked;
