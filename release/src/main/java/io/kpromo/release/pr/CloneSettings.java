// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.pr;

import io.kpromo.forge.git.GitRemote;
import java.net.URI;
import java.util.function.Function;

/// How repositories are cloned and pushed to.
///
/// @param remote the way to a repository, by its page on the forge
public record CloneSettings(Function<URI, GitRemote> remote) {}
