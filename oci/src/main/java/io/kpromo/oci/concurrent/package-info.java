// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Threads that work together. Start at [Crew], who begin and end together; [InFlight] lets those who want the same
/// thing share one piece of work.
@NullMarked
package io.kpromo.oci.concurrent;

import org.jspecify.annotations.NullMarked;
