// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Telling people about a release. Start at [Messenger].
@NullMarked
package io.kpromo.release.announce;

import org.jspecify.annotations.NullMarked;
