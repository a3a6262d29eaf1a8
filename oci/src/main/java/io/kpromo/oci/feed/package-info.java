// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Content that is read once and handed to many, in bounded memory, at the pace of the slowest who isn't left
/// behind. Start at [Feed]; a [Supply] is one taker's way to the bytes.
@NullMarked
package io.kpromo.oci.feed;

import org.jspecify.annotations.NullMarked;
