// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.release.notes;

import java.net.URI;

/// What one pull request tells users.
///
/// @param text Markdown as its author wrote it
/// @param number of the pull request
/// @param author login
/// @param web page of the pull request
public record Note(String text, long number, String author, URI web) {}
