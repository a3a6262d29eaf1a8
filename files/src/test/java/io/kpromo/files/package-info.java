// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests of names of files.
@NullMarked
package io.kpromo.files;

import org.jspecify.annotations.NullMarked;
