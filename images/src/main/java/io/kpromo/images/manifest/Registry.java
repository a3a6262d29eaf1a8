// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.yaml.Place;
import java.util.Optional;

/// A registry that a manifest names.
///
/// @param serviceAccount who writes to it, where said
/// @param source whether images come from it; the others are destinations
/// @param place of its name
public record Registry(RegistryName name, Optional<String> serviceAccount, boolean source, Place place) {}
