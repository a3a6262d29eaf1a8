// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.dependencies;

import io.kpromo.yaml.Place;

/// A line that a bump changes.
///
/// @param before the line as it is
/// @param after the line as it will be
public record Change(Place place, String before, String after) {}
