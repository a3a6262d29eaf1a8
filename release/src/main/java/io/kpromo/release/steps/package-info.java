// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// The steps of a release. Each finds out by itself whether it is done, and can be repeated. Start at [Steps].
@NullMarked
package io.kpromo.release.steps;

import org.jspecify.annotations.NullMarked;
