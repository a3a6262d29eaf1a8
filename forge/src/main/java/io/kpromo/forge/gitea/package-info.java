// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Gitea and Forgejo, by their common REST API. Start at [GiteaForge].
@NullMarked
package io.kpromo.forge.gitea;

import org.jspecify.annotations.NullMarked;
