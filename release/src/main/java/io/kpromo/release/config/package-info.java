// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// What a project says about its releases in `release.yaml`. Start at [ReleaseConfig].
@NullMarked
package io.kpromo.release.config;

import org.jspecify.annotations.NullMarked;
