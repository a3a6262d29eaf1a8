// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// Tests of the feed, with real threads. Start at [FeedTest].
@NullMarked
package io.kpromo.oci.feed;

import org.jspecify.annotations.NullMarked;
