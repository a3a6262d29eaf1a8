// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge.api;

import java.time.Instant;

/// How many requests a forge takes in an hour, as it said last.
///
/// @param limit in all
/// @param remaining of them
/// @param until when there are as many again
public record Allowance(long limit, long remaining, Instant until) {}
