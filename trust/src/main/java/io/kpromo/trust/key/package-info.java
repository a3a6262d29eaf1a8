// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Keys in files and in services, and signing and verifying with them. Start at [Keys] to read or make one, at
/// [KeySignatory] to sign, at [KeyVerifier] to verify.
@NullMarked
package io.kpromo.trust.key;

import org.jspecify.annotations.NullMarked;
