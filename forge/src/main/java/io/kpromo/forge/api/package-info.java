// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
/// How forges are asked: requests, limits, pages and refusals, the same for all of them. Start at [Api].
@NullMarked
package io.kpromo.forge.api;

import org.jspecify.annotations.NullMarked;
