// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests of requests and answers without a socket. Start at [CallsTest].
@NullMarked
package io.kpromo.oci.client;

import org.jspecify.annotations.NullMarked;
