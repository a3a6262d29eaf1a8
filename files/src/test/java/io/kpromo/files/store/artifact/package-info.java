// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
@NullMarked
package io.kpromo.files.store.artifact;

import org.jspecify.annotations.NullMarked;
