// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.images.manifest;

import io.kpromo.trust.policy.ProvenancePolicy;
import io.kpromo.yaml.Place;

/// A policy and where it stands.
///
/// @param place of its `provenance` key
public record PlacedPolicy(ProvenancePolicy policy, Place place) {}
