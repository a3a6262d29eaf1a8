// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// The job that promotes, wherever it runs: Prow, the forge itself, Tekton. Start at [Jobs].
@NullMarked
package io.kpromo.release.job;

import org.jspecify.annotations.NullMarked;
