// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Forges on this machine, for tests: one [World] of repositories, issues and releases, and the faces that forges
/// show of it. They refuse what the real ones refuse.
@NullMarked
package io.kpromo.forge.fake;

import org.jspecify.annotations.NullMarked;
