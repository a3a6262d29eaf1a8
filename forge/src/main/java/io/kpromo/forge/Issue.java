// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.net.URI;

/// An issue.
///
/// @param body Markdown
/// @param web its page
public record Issue(long number, String title, String body, boolean open, URI web) {}
