// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Signing in to registries. Start at [RegistrySignIn], which a transport is given, and [Credentials], which
/// finds what docker and podman have stored.
///
/// Credentials belong to a host and go nowhere else; see [TokenRealm] for the one exception and its bounds.
@NullMarked
package io.kpromo.oci.auth;

import org.jspecify.annotations.NullMarked;
