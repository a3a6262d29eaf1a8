// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests of threads that work together, and [Threads] for all tests that need some.
@NullMarked
package io.kpromo.oci.concurrent;

import org.jspecify.annotations.NullMarked;
