// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests of the transport against servers whose every byte is written by the test: [ScriptedServer].
@NullMarked
package io.kpromo.oci.http;

import org.jspecify.annotations.NullMarked;
