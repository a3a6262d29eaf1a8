// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests of signing in.
@NullMarked
package io.kpromo.oci.auth;

import org.jspecify.annotations.NullMarked;
