// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

/// What a release is to say.
///
/// @param target the commit that the tag gets where there is no tag yet
/// @param body Markdown, at most 125,000 characters on GitHub
public record NewRelease(RefName tag, CommitId target, String title, String body, boolean draft, boolean prerelease) {}
