// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Credentials for the registries of Google and Amazon. Start at [CloudCredentials], which is found by
/// [java.util.ServiceLoader].
///
/// What stands here is loaded when a registry of theirs is to be signed in to, with the libraries that it needs.
@NullMarked
package io.kpromo.cloud;

import org.jspecify.annotations.NullMarked;
