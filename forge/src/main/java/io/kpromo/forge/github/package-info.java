// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// GitHub and GitHub Enterprise, by their REST API and GraphQL. Start at [GitHubForge].
@NullMarked
package io.kpromo.forge.github;

import org.jspecify.annotations.NullMarked;
