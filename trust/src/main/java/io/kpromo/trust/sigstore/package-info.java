// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Sigstore's services: certificates, logs, timestamps, and the root of trust in them.
@NullMarked
package io.kpromo.trust.sigstore;

import org.jspecify.annotations.NullMarked;
