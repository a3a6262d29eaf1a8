// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.forge;

import java.net.URI;

/// What somebody said to an issue or a pull request.
public record Comment(String author, String body, URI web) {}
