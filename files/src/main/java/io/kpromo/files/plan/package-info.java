// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// What follows from what manifests want and what stores hold; nothing here asks or waits. Start at [FilePlan].
@NullMarked
package io.kpromo.files.plan;

import org.jspecify.annotations.NullMarked;
