// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests of the client that need a whole registry.
@NullMarked
package io.kpromo.oci.client;

import org.jspecify.annotations.NullMarked;
