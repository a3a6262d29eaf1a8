// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
@NullMarked
package io.kpromo.files.github;

import org.jspecify.annotations.NullMarked;
