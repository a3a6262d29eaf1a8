// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.files.store.access;

import java.time.Instant;
import java.util.Optional;

/// What is good for a time.
public sealed interface Passing permits AccessToken, AccessKeys {
    /// Until when; empty where it stays good.
    Optional<Instant> expires();
}
