// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Places where source, pull requests, issues and releases are kept: GitHub, GitLab, Gitea and Forgejo, or a
/// folder. Start at [Forge].
///
/// Nothing here clones a repository: files are read at a commit, and a commit is made of changed files alone.
@NullMarked
package io.kpromo.forge;

import org.jspecify.annotations.NullMarked;
