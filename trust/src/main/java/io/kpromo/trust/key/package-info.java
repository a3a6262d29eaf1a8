// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Keys in files and in services, and signing with them.
@NullMarked
package io.kpromo.trust.key;

import org.jspecify.annotations.NullMarked;
