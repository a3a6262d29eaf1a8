// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// The release process as steps that can be repeated: the promotion pull request, version references, notes,
/// releases.
@NullMarked
package io.kpromo.release;

import org.jspecify.annotations.NullMarked;
