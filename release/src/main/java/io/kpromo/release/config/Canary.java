// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.config;

import java.util.Optional;

/// A promotion that shows that this build promotes: into registries that nobody uses.
///
/// @param manifest a manifest of images, or a folder of thin manifests
/// @param key to sign with: a file, or the address of one that a service holds; empty for nothing signed
public record Canary(SourcePath manifest, Optional<String> key) {}
