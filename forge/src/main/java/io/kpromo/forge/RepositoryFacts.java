// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.net.URI;
import java.util.Optional;

/// What a repository is.
///
/// @param slug as the forge spells it
/// @param mainBranch where it says work goes
/// @param parent what it was forked from
/// @param web its page for people
public record RepositoryFacts(Slug slug, RefName mainBranch, Optional<Slug> parent, URI web) {}
