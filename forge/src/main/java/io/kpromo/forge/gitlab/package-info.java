// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// GitLab, by its REST API. Start at [GitLabForge].
@NullMarked
package io.kpromo.forge.gitlab;

import org.jspecify.annotations.NullMarked;
