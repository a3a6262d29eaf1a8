// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import io.kpromo.forge.Slug;
import io.kpromo.release.text.Template;
import java.util.Optional;

/// The issue that a release is tracked in.
///
/// @param repository where it is opened
/// @param title of it
/// @param template a file with its text; empty for the one that comes along
public record Tracking(Slug repository, Template title, Optional<SourcePath> template) {}
