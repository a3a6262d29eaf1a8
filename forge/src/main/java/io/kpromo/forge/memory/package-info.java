// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// A forge as one command sees it: asked each thing once. Start at [RememberingForge].
@NullMarked
package io.kpromo.forge.memory;

import org.jspecify.annotations.NullMarked;
