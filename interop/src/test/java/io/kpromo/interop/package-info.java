// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// kpromo as a process, against registries and clients that others wrote, and against being killed.
@NullMarked
package io.kpromo.interop;

import org.jspecify.annotations.NullMarked;
